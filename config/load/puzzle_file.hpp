// Reads puzzles/<id>/puzzle.json.
#pragma once

#include <string>
#include <string_view>

#include "config/load/findings.hpp"
#include "config/load/hunt_file.hpp"
#include "config/load/rule_parser.hpp"
#include "config/model/puzzle.hpp"

namespace cairn::config {

// The media that a manifest names must lie in the puzzle's folder: `has_file` looks there.
struct PuzzleContext {
  const RuleNames& names;
  const PuzzleDefaults& defaults;
  std::function<bool(std::string_view)> has_file;
};

[[nodiscard]] Puzzle read_puzzle_file(const SourceFile& file, const PuzzleContext& context,
                                      Findings& findings);

// What this edition keeps for later ones: fallback, may, unlocks, media, tests. Their shape is checked.
class Fields;
void read_later_fields(Fields& fields, const PuzzleContext& context);

// The normal form of an answer, partial or code; reports one that is empty, too long or not text.
[[nodiscard]] std::string read_normalised(Fields& fields, const std::string& pointer, const JsonValue& value,
                                          const Normalisation& rules, std::string_view what);

}  // namespace cairn::config
