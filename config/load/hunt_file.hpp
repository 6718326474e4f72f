// Reads hunt.json: the hunt's own settings and the defaults of its puzzles.
#pragma once

#include <vector>

#include "config/load/findings.hpp"
#include "config/model/hunt.hpp"

namespace cairn::config {

// What a puzzle gets that does not say otherwise.
struct PuzzleDefaults {
  Points points{100, 0, 100};
  std::vector<std::int32_t>
      hint_costs;  // of the first hint, the second, …; the last one stands for those after it
};

void read_hunt_file(const SourceFile& file, Findings& findings, Hunt& hunt, PuzzleDefaults& defaults);

class Fields;
// A number of points, or {first, step, floor}.
void read_points(Fields& fields, Points& points);

}  // namespace cairn::config
