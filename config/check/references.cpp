#include <algorithm>

#include "config/check/checks.hpp"

namespace cairn::config {
namespace {

void check_check_in(const Puzzle& puzzle, const SourceFile& file, Findings& findings) {
  const bool by_place = puzzle.at && puzzle.radius_m > 0;
  if (puzzle.radius_m > 0 && !puzzle.at) {
    findings.error(file, "/radius_m", "check_in_without_place", "a radius needs a place to be measured from",
                   "add \"at\": [longitude, latitude]");
  }
  const bool possible = by_place || !puzzle.code.empty();
  if (puzzle.needs_check_in && !possible) {
    findings.error(file, "/needs_check_in", "check_in_impossible", "nobody can check in here",
                   "add \"radius_m\" (with \"at\") or \"code\"");
  }
  for (std::size_t i = 0; i < puzzle.clues.size(); ++i) {
    if (puzzle.clues[i].discovery == Clue::Discovery::kCheckIn && !possible) {
      findings.error(file, "/clues/" + std::to_string(i) + "/discovery", "check_in_impossible",
                     "this clue is found by a check-in, and nobody can check in here",
                     "add \"radius_m\" (with \"at\") or \"code\"");
    }
  }
}

void check_hints(const Puzzle& puzzle, const SourceFile& file, Findings& findings) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < puzzle.hints.size(); ++i) {
    const std::int32_t cost = puzzle.hints[i].cost;
    total += cost;
    if (cost > puzzle.points.first) {
      findings.warning(file, "/hints/" + std::to_string(i), "hint_costs_more",
                       "this hint costs " + std::to_string(cost) + " points and the puzzle earns at most " +
                           std::to_string(puzzle.points.first),
                       "nobody should pay more than the puzzle is worth");
      return;
    }
  }
  if (total > puzzle.points.first) {
    findings.warning(file, "/hints", "hint_costs_more",
                     "all hints together cost " + std::to_string(total) +
                         " points and the puzzle earns at most " + std::to_string(puzzle.points.first),
                     "lower their costs");
  }
}

}  // namespace

void check_references(const Hunt& hunt, const Sources& sources, Findings& findings) {
  for (std::size_t i = 0; i < hunt.puzzles.size(); ++i) {
    check_check_in(hunt.puzzles[i], sources.puzzles[i], findings);
    check_hints(hunt.puzzles[i], sources.puzzles[i], findings);
  }
  // A puzzle whose file or district is wrong may well belong to the district that looks empty.
  const bool all_placed =
      sources.complete && std::none_of(hunt.puzzles.begin(), hunt.puzzles.end(),
                                       [](const Puzzle& p) { return p.district == kNoDistrict; });
  for (std::size_t i = 0; i < hunt.districts.size(); ++i) {
    const District& district = hunt.districts[i];
    const std::string pointer = "/features/" + std::to_string(sources.features[i]);
    if (district.puzzles.empty() && all_placed) {
      findings.warning(sources.districts, pointer, "district_empty",
                       "no puzzle lies in \"" + district.id + "\"", "add a puzzle or remove the district");
    }
    if (!district.opens && !district.opens_at_ms) {
      findings.at(sources.districts, pointer,
                  {Severity::kNote, "opens_by_operator", "only an operator can open \"" + district.id + "\"",
                   "add \"opens\" if it should open by itself"});
    }
  }
}

}  // namespace cairn::config
