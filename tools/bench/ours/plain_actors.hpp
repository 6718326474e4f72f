// Actors that are structs in an array: what `cairn bench mailbox` measures is ring, loop and wake-up alone.
//
// Owner: a BenchCore. Threads: its loop.
#pragma once

#include <cstdint>
#include <vector>

#include "bus/core.hpp"
#include "tools/bench/peers/harness/actors.hpp"

namespace cairn::bench {

class PlainActors {
 public:
  PlainActors(const workload::Schedule& schedule, std::size_t cores)
      : cores_(cores), districts_(schedule.districts), states_of_districts_(schedule.districts / cores + 1),
        states_of_teams_(schedule.teams / cores + 1) {}

  void attach(bus::Core& /*core*/) {}
  void enter() {}
  void end() {}

  void touch(const Event& event) {
    if (event.to_team != 0)
      states_of_teams_[event.team / cores_].touch(event, districts_ + event.team);
    else
      states_of_districts_[event.district / cores_].touch(event, event.district);
  }
  template <class F>
  void for_each_state(F&& f) const {
    for (const auto* states : {&states_of_districts_, &states_of_teams_})
      for (const ActorState& state : *states) f(state);
  }

 private:
  const std::size_t cores_;
  const std::uint64_t districts_;
  std::vector<ActorState> states_of_districts_;
  std::vector<ActorState> states_of_teams_;
};

}  // namespace cairn::bench
