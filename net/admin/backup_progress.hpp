// How far a backup has come: what the archivist knows and an operator is told.
//
// Threads: any; plain data.
#pragma once

#include <cstdint>
#include <string>

namespace cairn::net {

// Of the backup that is being made, or the last one.
struct BackupProgress {
  bool is_running = false;
  std::string to;             // empty: none was asked for yet
  std::uint64_t entries = 0;  // copied so far
  std::string failure;        // empty: it is whole, or there was none
};

}  // namespace cairn::net
