// What makes a profile different from `steady`: openings, the rush, the storm.
//
// Owner: the crowd. Threads: one. Bounds: a handful of timers; the rush sends what `--rush-triggers` says, at
// most two for each player.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/crowd/director.hpp"
#include "tools/crowd/operators.hpp"
#include "tools/crowd/scene.hpp"

namespace cairn::crowd {

class Profiles {
 public:
  Profiles(Scene& scene, Director& director, Director::Players& players, Operators* operators)
      : scene_(scene), director_(director), players_(players), operators_(operators) {}

  // Before anybody connects: who is measured, who reads slowly or never.
  void assign_manners();
  // When play begins: what happens in the middle of it.
  void start(std::uint64_t start_ns, std::uint64_t end_ns);

  [[nodiscard]] std::uint64_t openings_asked() const { return openings_asked_; }
  [[nodiscard]] std::uint64_t rush_triggers() const { return rush_triggers_; }

 private:
  static constexpr std::size_t kOpeningsInBurst = 10;
  static constexpr std::uint32_t kStormShare = 6;  // one in six keeps its connection, and is measured

  void plan_openings(std::uint64_t start_ns, std::uint64_t end_ns);
  void close_for_burst();
  void open_burst(std::uint64_t intended_ns);
  void rush(std::uint64_t intended_ns);
  void storm();
  [[nodiscard]] std::vector<std::string> districts(bool open) const;
  [[nodiscard]] PuzzleIndex most_open_puzzle() const;

  Scene& scene_;
  Director& director_;
  Director::Players& players_;
  Operators* operators_;
  std::uint64_t openings_asked_ = 0;
  std::uint64_t rush_triggers_ = 0;
};

}  // namespace cairn::crowd
