// Turns the schedule's intents into what players do: finds a team that has something to try, and one of its
// members who is there to try it.
//
// Owner: the crowd. Threads: one. Bounds: looks at kTeamsTried teams for a guess, at all for a solve. When
// nobody can: the intent is counted as unplaced, never postponed, for the loop is open.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "tools/crowd/player.hpp"
#include "tools/crowd/scene.hpp"
#include "tools/crowd/schedule.hpp"

namespace cairn::crowd {

// What a crowd of this size does in a second unless the command line says otherwise.
[[nodiscard]] ActRates act_rates(const LoadOptions& options);

class Director {
 public:
  using Players = std::vector<std::unique_ptr<Player>>;

  Director(Scene& scene, Players& players) : scene_(scene), players_(players) {}

  // Begins the schedule at `start_ns`.
  void start(std::uint64_t start_ns);
  // When the next intent is due; UINT64_MAX outside of play.
  [[nodiscard]] std::uint64_t next_ns() const;
  void run_due(std::uint64_t now_ns);
  void stop() { schedule_.reset(); }

  // A member of the team who can ask something now; null when there is none.
  [[nodiscard]] Player* free_member(const Team& team, std::uint64_t chance);

 private:
  static constexpr std::size_t kTeamsTried = 64;

  void perform(const Intent& intent, std::uint64_t intended_ns);
  bool with_team(std::uint32_t team, Act act, Random& chance, std::uint64_t intended_ns);
  bool solve(Team& team, Player& player, Random& chance, std::uint64_t intended_ns);
  void look(Random& chance, std::uint64_t intended_ns);
  void reconnect(Random& chance, bool asking, std::uint64_t intended_ns);
  Player* somebody(Random& chance);

  Scene& scene_;
  Players& players_;
  std::unique_ptr<Schedule> schedule_;
  std::uint64_t start_ns_ = 0;
};

}  // namespace cairn::crowd
