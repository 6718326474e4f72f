// The small language of unlock rules: all(a, b), any(a, b), 2 of (a, b, c), district(x), points >= 300, after 30m,
// always, and a bare puzzle id. Parsed once to a flat tree; evaluated without allocating.
//
// Rules are monotone: what they ask for never becomes untrue, so a rule that held once may be latched.
#pragma once

#include <cstdint>
#include <vector>

#include "config/model/ids.hpp"

namespace cairn::config {

struct UnlockRule {
  enum class Kind : std::uint8_t {
    kAlways,
    kPuzzleSolved,    // operand: PuzzleIndex
    kDistrictOpened,  // operand: DistrictIndex; it was ever opened
    kPointsAtLeast,   // operand: earned points
    kElapsedAtLeast,  // operand: milliseconds of hunt time since the start
    kAtLeast          // operand: how many of the children must hold (all: their count, any: 1)
  };

  struct Node {
    Kind kind = Kind::kAlways;
    std::int64_t operand = 0;
    std::uint32_t first_child = 0;  // index in nodes; children of a node stand side by side
    std::uint32_t child_count = 0;
  };

  // nodes[0] is the root; never empty once parsed.
  std::vector<Node> nodes{Node{}};

  // Facts answers solved(PuzzleIndex), opened(DistrictIndex), points() and elapsed_ms().
  template <class Facts>
  [[nodiscard]] bool holds(const Facts& facts, std::uint32_t node = 0) const {
    const Node& n = nodes[node];
    switch (n.kind) {
      case Kind::kAlways: return true;
      case Kind::kPuzzleSolved: return facts.solved(static_cast<PuzzleIndex>(n.operand));
      case Kind::kDistrictOpened: return facts.opened(static_cast<DistrictIndex>(n.operand));
      case Kind::kPointsAtLeast: return facts.points() >= n.operand;
      case Kind::kElapsedAtLeast: return facts.elapsed_ms() >= n.operand;
      case Kind::kAtLeast: break;
    }
    std::int64_t held = 0;
    for (std::uint32_t i = 0; i < n.child_count && held < n.operand; ++i)
      held += holds(facts, n.first_child + i);
    return held >= n.operand;
  }
};

}  // namespace cairn::config
