// The data directory of one hunt: the names of its files, and the lock that lets one process in.
//
// Owner: Store. Threads: one at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "bus/journal/file_layer.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

class DataDirectory {
 public:
  // Locks the directory, made first (0700), durably and with those above it, if it is missing and `make` says
  // so. The lock goes with the process.
  [[nodiscard]] static Result<DataDirectory> lock(FileLayer& files, const std::filesystem::path& path,
                                                  bool make);

  [[nodiscard]] FileLayer& files() const { return *files_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path journal() const { return path_ / "journal.db"; }
  [[nodiscard]] std::filesystem::path write_ahead_log() const { return path_ / "journal.db-wal"; }
  [[nodiscard]] std::filesystem::path mark() const { return path_ / "journal.mark"; }
  // A journal that a repair has finished but not yet put in place.
  [[nodiscard]] std::filesystem::path repaired() const { return path_ / "journal.repaired"; }

 private:
  DataDirectory(FileLayer& files, std::filesystem::path path, std::unique_ptr<DirectoryLock> lock)
      : files_(&files), path_(std::move(path)), lock_(std::move(lock)) {}

  FileLayer* files_;
  std::filesystem::path path_;
  std::unique_ptr<DirectoryLock> lock_;
};

// An empty file (0600), durable by name; an existing one is left as it is, but 0600.
[[nodiscard]] Result<void> make_private_file(FileLayer& files, const std::filesystem::path& path);

}  // namespace cairn::bus
