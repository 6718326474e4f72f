// SQLite on a simulated disk: a sqlite3_vfs that promises what SQLite's own for unix does, and syncs what that syncs.
//
// Owner: SimulatedDisk. Threads: the disk's. Bounds: no shared memory and no locks: the journal's connection is
// exclusive before it has a write-ahead log, and the data directory is locked.
#pragma once

#include <sqlite3.h>

#include <string>

namespace cairn::world {

class SimulatedDisk;

class DiskVfs {
 public:
  // Registers it under a name of its own.
  DiskVfs(SimulatedDisk& disk, unsigned seed);
  ~DiskVfs();
  DiskVfs(const DiskVfs&) = delete;
  DiskVfs& operator=(const DiskVfs&) = delete;

  [[nodiscard]] const char* name() const { return name_.c_str(); }

 private:
  const std::string name_;
  sqlite3_vfs vfs_{};
};

}  // namespace cairn::world
