// A whole server on its own threads, on free ports of the loopback, with clients that speak to it over real sockets.
//
// Owner: a test. Threads: the test's; the server's are its own. Every wait is for the thing itself, with a bound in turns
// that only a server that never answers reaches.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bus/clock.hpp"
#include "tests/net/raw_client.hpp"
#include "tools/cairn/server.hpp"

namespace cairn::test {

// A connected, logged-in player.
class LivePlayer {
 public:
  LivePlayer(std::uint16_t port, std::string_view token);
  // Sends a request; waits for its reply and returns it. What else comes meanwhile is counted.
  std::string ask(std::string_view type, std::string_view data);
  // Reads what has come.
  void listen();
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] bool is_ended() const { return client_.is_ended(); }

 private:
  RawClient client_;
  std::size_t events_ = 0;
  std::uint64_t next_request_ = 1;
  std::string wait_for(std::string_view beginning);
};

class LiveServer {
 public:
  // The sample hunt, on as many cores.
  explicit LiveServer(std::size_t cores);
  ~LiveServer();

  // A new team's captain.
  std::unique_ptr<LivePlayer> captain(std::string_view team_name);
  // The figures of all cores, gathered after this call began.
  std::vector<tools::CoreFigures> fresh_figures();
  [[nodiscard]] tools::Server& server() { return *server_; }
  [[nodiscard]] const config::Hunt& hunt() const { return *hunt_; }
  [[nodiscard]] std::size_t cores() const { return cores_; }
  [[nodiscard]] const std::filesystem::path& data() const { return data_; }

 private:
  const std::size_t cores_;
  const std::filesystem::path data_;
  const bus::SystemClock clock_;
  std::shared_ptr<const config::Hunt> hunt_;
  std::unique_ptr<tools::Server> server_;
};

}  // namespace cairn::test
