// One accepted socket: first HTTP, then perhaps a WebSocket with a session. It only carries; the session
// decides.
//
// Owner: a gateway, until the last of its handlers has run. Threads: the core's loop. Bounds: one request,
// one message of kMessageBytesMax, an out-buffer of kPendingBytesMax beside the largest message in it (and one on top).
#pragma once

#include <boost/beast/websocket/stream.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "net/gateway/gateway.hpp"
#include "net/gateway/handler_memory.hpp"
#include "net/gateway/out_buffer.hpp"
#include "net/gateway/socket.hpp"
#include "net/gateway/wire_layer.hpp"

namespace cairn::net {

class Connection final : public SessionPeer, public HttpExchange, private WireSink {
 public:
  Connection(Gateway& gateway, std::uint32_t slot, std::uint64_t generation, int fd, Audience audience,
             AddressKey address);
  ~Connection() override;

  void start() { read_http(); }
  // Answers 503 and ends.
  void refuse();
  // Work put off until the turn's entries were folded. True: there is more.
  bool on_turn();
  void on_reply(std::string_view request_id, const actors::Reply& reply);
  void on_deadlines(std::int64_t now_ns);
  // Behind the flush: ends what was waiting for it.
  void on_drained();
  void on_blocked();
  // Drops the socket at once; handlers end with an error and the connection with the last of them.
  void abort();

  // SessionPeer
  void send(std::string_view json) override;
  void follow(const Following& following) override { gateway_.follow(slot_, following); }
  void logged_in(actors::PlayerIndex player) override { gateway_.logged_in(slot_, player); }
  void wants_turn() override { gateway_.wants_turn(slot_); }
  void close(CloseCode code, std::string_view reason) override;
  // HttpExchange
  bool submit(actors::Command command) override;

  [[nodiscard]] bool has_handlers() const { return handlers_ > 0; }
  [[nodiscard]] bool is_open() const { return phase_ == Phase::kOpen; }
  [[nodiscard]] std::uint32_t slot() const { return slot_; }
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] Session* session() { return session_.get(); }
  [[nodiscard]] OutBuffer& out() { return out_; }

  // Kept here for the gateway's lists.
  std::uint32_t next_in_team = 0;  // plus one
  std::uint32_t prev_in_team = 0;
  bool is_in_team = false;
  bool waits_for_turn = false;
  std::uint64_t login_stamp = 0;
  std::uint64_t score_version = 0;
  std::uint32_t rank_told = 0;
  std::uint64_t token_ended_at = 0;  // sequence of the recovery that ended this player's token

 private:
  enum class Phase : std::uint8_t { kHttp, kHandshake, kOpen, kClosing, kLingering, kDead };
  using WebSocket = boost::beast::websocket::stream<WireLayer, false>;
  struct Http;

  void read_http();
  void on_http_read(const boost::system::error_code& error);
  void answer_http();
  void respond(const HttpResponse& response, bool head_only, bool keep_alive);
  [[nodiscard]] bool may_upgrade(HttpResponse& refusal) const;
  [[nodiscard]] bool origin_is_allowed(std::string_view origin, std::string_view host) const;
  void upgrade();
  void accept_websocket();
  void opened();
  void read_message();
  void on_message_bytes(const boost::system::error_code& error, std::size_t bytes);
  void on_message();
  void make_room();
  void on_control(boost::beast::websocket::frame_type kind);
  void on_read_error(const boost::system::error_code& error);
  void on_wire_bytes(std::string_view bytes) override;
  void begin_closing();
  void linger();
  void wait_for_end();
  void discard_input();
  void heard();

  Gateway& gateway_;
  std::uint32_t slot_;
  std::uint64_t generation_;
  Audience audience_;
  AddressKey address_;
  Phase phase_ = Phase::kHttp;
  bool is_reading_ = false;
  bool close_sent_ = false;
  bool ends_when_drained_ = false;
  std::uint16_t handlers_ = 0;
  std::int64_t deadline_ns_ = 0;  // of the phase
  std::int64_t heard_ns_ = 0;
  std::int64_t pinged_ns_ = 0;  // 0: no ping is out
  TokenBucket control_frames_;
  Socket socket_;
  OutBuffer out_;
  std::size_t largest_pending_ = 0;  // message in out_, since it was last empty
  std::unique_ptr<Http> http_;       // until it becomes a WebSocket
  std::optional<WebSocket> websocket_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<char[]> in_;
  std::size_t in_bytes_ = 0;
  std::size_t in_capacity_ = 0;
  HandlerMemory<768> read_memory_;
  HandlerMemory<192> wait_memory_;
};

}  // namespace cairn::net
