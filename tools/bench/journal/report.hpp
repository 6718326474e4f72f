// What `cairn bench journal` tells: tables for people, a line for programs.
//
// Owner: the program. Threads: its main thread.
#pragma once

#include <string>
#include <vector>

#include "tools/bench/journal/run.hpp"

namespace cairn::bench {

struct RateRuns {
  double rate = 0;
  double body_bytes = 0;  // of an entry, on average
  std::vector<AnswerRun> runs;
};

[[nodiscard]] std::string to_tables(const std::vector<RateRuns>& rates);
[[nodiscard]] std::string to_line(const std::vector<RateRuns>& rates);

}  // namespace cairn::bench
