// Makes the teams and lets the players join them, over a few keep-alive HTTP connections.
//
// Owner: the crowd, until everybody has a token. Threads: the loop's. Bounds: kClients connections, each with
// a few requests in flight. A refused request is asked again after a while with jitter, up to kAttemptsMax
// times.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tools/crowd/http_client.hpp"
#include "tools/crowd/player.hpp"
#include "tools/crowd/scene.hpp"

namespace cairn::crowd {

class Signup {
 public:
  Signup(Scene& scene, std::vector<std::unique_ptr<Player>>& players);

  void start();
  [[nodiscard]] std::size_t joined() const { return joined_; }
  // Why it cannot be done; empty as long as it can.
  [[nodiscard]] const std::string& failure_text() const { return failure_; }

 private:
  static constexpr std::size_t kClients = 6;
  static constexpr unsigned kAttemptsMax = 12;

  void found_team(std::uint32_t team, unsigned attempt);
  void join_team(std::uint32_t player, unsigned attempt);
  void on_founded(std::uint32_t team, const HttpAnswer& answer, unsigned attempt);
  void on_joined(std::uint32_t player, const HttpAnswer& answer, unsigned attempt);
  bool read_token(std::uint32_t player, const HttpAnswer& answer, std::string& join_code);
  void again(unsigned attempt, const HttpAnswer& answer, Timers::Call call);
  HttpClient& client();

  Scene& scene_;
  std::vector<std::unique_ptr<Player>>& players_;
  std::vector<std::unique_ptr<HttpClient>> clients_;
  std::size_t next_client_ = 0;
  std::size_t joined_ = 0;
  std::string failure_;
};

// A team's name, unique for the run (`tag`) and the team; plain letters.
[[nodiscard]] std::string team_name(std::uint32_t team, std::string_view tag);

}  // namespace cairn::crowd
