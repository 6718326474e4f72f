// One keep-alive HTTP/1.1 connection that carries JSON requests, a few of them in flight at a time.
//
// Owner: sign-up, the operators' side. Threads: the loop's. Bounds: kPipelined requests in flight, the rest
// queued; a response of at most 1 MiB. When the connection is lost, what was in flight is answered with
// status 0.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "tools/crowd/address.hpp"
#include "tools/crowd/loop.hpp"

namespace cairn::crowd {

struct HttpAnswer {
  int status = 0;  // 0: the connection was lost or refused
  std::string body;
};

// What could be read of a response: how many bytes it took (0: more are needed, negative: it is malformed).
struct HttpParsed {
  std::ptrdiff_t bytes = 0;
  HttpAnswer answer;
  bool keeps_alive = true;
};
[[nodiscard]] HttpParsed parse_http_response(std::string_view text);

class HttpClient final : public SocketHandler {
 public:
  using Done = std::function<void(const HttpAnswer&)>;
  static constexpr std::size_t kPipelined = 4;

  HttpClient(Loop& loop, const Address& address, std::string bearer_token);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  void post(std::string_view path, std::string_view json, Done done);
  [[nodiscard]] std::size_t waiting() const { return queued_.size() + in_flight_.size(); }

  void on_ready(bool readable, bool writable) override;

 private:
  struct Asked {
    std::string text;
    Done done;
  };

  void pump();
  void flush();
  void read_some();
  bool take_responses();
  void lose();

  Loop& loop_;
  const Address& address_;
  std::string bearer_token_;
  std::deque<Asked> queued_;
  std::deque<Done> in_flight_;
  std::string out_;
  std::string in_;
  LoopTicket ticket_;
  int socket_ = -1;
  bool connected_ = false;
};

}  // namespace cairn::crowd
