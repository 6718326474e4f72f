// What a district is: a name, an outline, and the rule or time that opens it for everybody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/model/geometry.hpp"
#include "config/model/ids.hpp"
#include "config/model/unlock_rule.hpp"

namespace cairn::config {

struct District {
  std::string id;
  std::string name;
  std::string colour;  // #rrggbb
  std::string text;
  MultiPolygon outline;
  std::optional<UnlockRule> opens;          // hunt-wide; neither rule nor time: an operator opens it
  std::optional<std::int64_t> opens_at_ms;  // wall clock, Unix milliseconds
  std::vector<PuzzleIndex> puzzles;         // in index order
};

}  // namespace cairn::config
