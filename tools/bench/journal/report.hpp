// What `cairn bench journal` tells: tables for people, a line for programs.
//
// Owner: the program. Threads: its main thread.
#pragma once

#include <string>
#include <vector>

#include "tools/bench/journal/run.hpp"

namespace cairn::bench {

// What the disk takes for the least that can be made durable, in the same session.
struct DiskFloor {
  double p50_us = 0;
  double max_us = 0;
};

struct RateRuns {
  double rate = 0;
  double body_bytes = 0;  // of an entry, on average
  std::vector<AnswerRun> runs;
};

[[nodiscard]] std::string to_tables(const DiskFloor& floor, const std::vector<RateRuns>& rates);
[[nodiscard]] std::string to_line(const DiskFloor& floor, const std::vector<RateRuns>& rates);

}  // namespace cairn::bench
