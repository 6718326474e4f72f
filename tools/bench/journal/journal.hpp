// `cairn bench journal`: what it costs to make an answer durable before it is told, with our group commit and without.
//
// Owner: the program. Threads: its main thread, and what the runs start.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cairn::bench {

struct JournalOptions {
  std::string hunt;
  std::string data = ".";
  std::vector<double> rates{1, 100, 10'000};
  double seconds = 10;
  std::size_t teams = 1'500;
  std::size_t cores = 0;  // 0: as many as there are processors
  std::uint64_t seed = 1;
  bool json = false;
};

// Prints tables, or one JSON object; returns the exit code.
int bench_journal(const JournalOptions& options);

}  // namespace cairn::bench
