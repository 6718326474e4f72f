#include <algorithm>
#include <limits>

#include "config/check/checks.hpp"

namespace cairn::config {
namespace {

// Nodes are the puzzles, then the districts.
class Graph {
 public:
  Graph(const Hunt& hunt, const Sources& sources, Findings& findings)
      : hunt_(hunt),
        sources_(sources),
        findings_(findings),
        reached_(hunt.puzzles.size() + hunt.districts.size()) {}

  void run() {
    while (reach_more()) {
    }
    std::vector<std::uint8_t> told(reached_.size(), 0);
    for (std::size_t node = 0; node < reached_.size(); ++node) {
      if (!reached_[node] && told[node] == 0) tell_cycle_from(node, told);
    }
    for (std::size_t node = 0; node < reached_.size(); ++node) {
      if (!reached_[node] && told[node] != kInCycle) tell_unreachable(node);
    }
  }

  // The facts of a rule as they stand when everything that was reached is solved and any time has passed.
  [[nodiscard]] bool solved(PuzzleIndex puzzle) const {
    return holds_at(index(puzzle), hunt_.puzzles.size(), 0);
  }
  [[nodiscard]] bool opened(DistrictIndex district) const {
    return holds_at(index(district), hunt_.districts.size(), hunt_.puzzles.size());
  }
  // What a puzzle earns that could not be read is unknown, so any number of points may then be earned.
  [[nodiscard]] std::int64_t points() const {
    return sources_.complete ? points_ : std::numeric_limits<std::int64_t>::max();
  }
  [[nodiscard]] static std::int64_t elapsed_ms() { return std::numeric_limits<std::int64_t>::max(); }

 private:
  static constexpr std::uint8_t kInCycle = 2;
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  // What a rule names that could not be loaded counts as there: its own error stands already.
  [[nodiscard]] bool holds_at(std::size_t at, std::size_t count, std::size_t offset) const {
    return at >= count || reached_[offset + at];
  }

  [[nodiscard]] bool is_puzzle(std::size_t node) const { return node < hunt_.puzzles.size(); }
  [[nodiscard]] const District& district_of(std::size_t node) const {
    return hunt_.districts[node - hunt_.puzzles.size()];
  }

  [[nodiscard]] bool can_be_reached(std::size_t node) const {
    if (is_puzzle(node)) {
      const Puzzle& puzzle = hunt_.puzzles[node];
      return opened(puzzle.district) && puzzle.requires_rule.holds(*this);
    }
    const District& district = district_of(node);
    // Without a rule a time or an operator opens it.
    return !district.opens || district.opens_at_ms || district.opens->holds(*this);
  }

  bool reach_more() {
    bool more = false;
    for (std::size_t node = 0; node < reached_.size(); ++node) {
      if (reached_[node] || !can_be_reached(node)) continue;
      reached_[node] = true;
      more = true;
      // Awards that decay count at their floor.
      if (is_puzzle(node))
        points_ += std::min(hunt_.puzzles[node].points.floor, hunt_.puzzles[node].points.first);
    }
    return more;
  }

  // The first part of a rule that does not hold: what to blame. Its node, or kNone where it is points.
  [[nodiscard]] std::size_t blocker(const UnlockRule& rule, std::uint32_t at,
                                    std::int64_t& points_wanted) const {
    const UnlockRule::Node& node = rule.nodes[at];
    if (node.kind == UnlockRule::Kind::kPuzzleSolved) return static_cast<std::size_t>(node.operand);
    if (node.kind == UnlockRule::Kind::kDistrictOpened) {
      return hunt_.puzzles.size() + static_cast<std::size_t>(node.operand);
    }
    if (node.kind == UnlockRule::Kind::kPointsAtLeast) points_wanted = node.operand;
    for (std::uint32_t i = 0; i < node.child_count; ++i) {
      const std::uint32_t next = node.first_child + i;
      if (!rule.holds(*this, next)) return blocker(rule, next, points_wanted);
    }
    return kNone;
  }

  [[nodiscard]] std::size_t blocker_of(std::size_t node, std::int64_t& points_wanted) const {
    if (!is_puzzle(node)) return blocker(*district_of(node).opens, 0, points_wanted);
    const Puzzle& puzzle = hunt_.puzzles[node];
    if (!opened(puzzle.district)) return hunt_.puzzles.size() + index(puzzle.district);
    return blocker(puzzle.requires_rule, 0, points_wanted);
  }

  [[nodiscard]] std::string name(std::size_t node) const {
    return is_puzzle(node) ? hunt_.puzzles[node].id : "district(" + district_of(node).id + ")";
  }

  // Every unreachable node waits for one other: followed far enough, that ends or comes round.
  void tell_cycle_from(std::size_t start, std::vector<std::uint8_t>& told) {
    std::vector<std::size_t> path;
    std::vector<std::size_t> at_step(reached_.size(), kNone);
    std::size_t node = start;
    while (node != kNone && told[node] == 0) {
      told[node] = 1;
      at_step[node] = path.size();
      path.push_back(node);
      std::int64_t points_wanted = 0;
      node = blocker_of(node, points_wanted);
    }
    if (node == kNone || at_step[node] == kNone) return;
    std::string ring;
    for (std::size_t i = at_step[node]; i < path.size(); ++i) {
      ring += name(path[i]) + " needs ";
      told[path[i]] = kInCycle;
    }
    report(node, "unlock_cycle", ring + name(node), "give one of them another way in");
  }

  void tell_unreachable(std::size_t node) {
    std::int64_t points_wanted = 0;
    const std::size_t cause = blocker_of(node, points_wanted);
    std::string why = cause == kNone
                          ? "it asks for " + std::to_string(points_wanted) + " points and at most " +
                                std::to_string(points_) + " are certain to be earned before"
                          : "it needs " + name(cause) + ", which cannot be reached";
    report(node, "unreachable", name(node) + " can never be reached: " + why, "");
  }

  void report(std::size_t node, std::string_view code, std::string message, std::string fix) {
    if (is_puzzle(node)) {
      const bool own_rule = opened(hunt_.puzzles[node].district);
      findings_.error(sources_.puzzles[node], own_rule ? "/requires" : "/district", code, std::move(message),
                      std::move(fix));
      return;
    }
    const std::size_t feature = sources_.features[node - hunt_.puzzles.size()];
    findings_.error(sources_.districts, "/features/" + std::to_string(feature) + "/properties/opens", code,
                    std::move(message), std::move(fix));
  }

  const Hunt& hunt_;
  const Sources& sources_;
  Findings& findings_;
  std::vector<bool> reached_;
  std::int64_t points_ = 0;
};

}  // namespace

void check_graph(const Hunt& hunt, const Sources& sources, Findings& findings) {
  Graph(hunt, sources, findings).run();
}

}  // namespace cairn::config
