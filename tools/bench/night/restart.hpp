// `cairn bench restart`: how long a server takes to start on a night's journal, made first if there is none.
//
// Owner: the program. Threads: its main thread, and what the house starts.
#pragma once

#include <cstdint>
#include <string>

namespace cairn::bench {

struct RestartOptions {
  std::string hunt;
  std::string data;
  std::uint64_t entries = 240'000;
  std::uint64_t seed = 1;
  std::size_t cores = 2;
  std::string
      checkpoint;  // "none": the file is removed first; "make": one is made of what was started; else as it is
  std::string backup;  // where to; empty: none is made
};

// Prints one JSON object; returns the exit code.
int bench_restart(const RestartOptions& options);

}  // namespace cairn::bench
