// The system's files, and what is done to them: bytes written, syncs, and from when to when SQLite moved its write-ahead
// log into the database. Under our journal and under its peer alike, so that both are counted by the same rule.
//
// Owner: a run; it outlives what was opened on it. Threads: any; counts() any. Bounds: one stretch for each checkpoint.
// What belongs to a checkpoint of state is passed on and not counted: another thread writes it, and no answer waits for it.
#pragma once

#include <sqlite3.h>

#include <mutex>
#include <string>
#include <vector>

#include "bus/clock.hpp"
#include "bus/journal/system_files.hpp"
#include "tools/bench/journal/waits.hpp"

namespace cairn::bench {

struct DiskCounts {
  std::uint64_t bytes_written = 0;
  std::uint64_t syncs = 0;
  std::int64_t sync_ns_max = 0;
  std::vector<Stretch> log_moves;  // in order
};

class DiskWatch final : public bus::FileLayer {
 public:
  explicit DiskWatch(const bus::Clock& clock);
  ~DiskWatch() override;
  DiskWatch(const DiskWatch&) = delete;
  DiskWatch& operator=(const DiskWatch&) = delete;

  // Since it was made, or since the last call.
  [[nodiscard]] DiskCounts take_counts();

  // --- what is opened here tells it ---
  enum class Part { kDatabase, kLog, kOther };
  void wrote(Part part, std::uint64_t bytes);
  // `sync` does it; what that returns is handed back.
  template <class Sync>
  auto synced(Part part, Sync&& sync) {
    const std::int64_t from_ns = clock_.steady_ns();
    auto outcome = sync();
    note_sync(part, {from_ns, clock_.steady_ns()});
    return outcome;
  }

  // --- bus::FileLayer ---
  [[nodiscard]] bus::FileResult<std::unique_ptr<bus::OpenFile>> open(const std::filesystem::path& path,
                                                                     Open how) override;
  [[nodiscard]] bus::FileResult<std::unique_ptr<bus::DirectoryLock>> lock(
      const std::filesystem::path& directory) override {
    return system_.lock(directory);
  }
  [[nodiscard]] bool exists(const std::filesystem::path& path) override { return system_.exists(path); }
  [[nodiscard]] bus::FileResult<std::uint64_t> bytes(const std::filesystem::path& path) override {
    return system_.bytes(path);
  }
  [[nodiscard]] bus::FileResult<void> make_directory(const std::filesystem::path& path,
                                                     unsigned mode) override {
    return system_.make_directory(path, mode);
  }
  [[nodiscard]] bus::FileResult<void> rename(const std::filesystem::path& from,
                                             const std::filesystem::path& to) override {
    return system_.rename(from, to);
  }
  [[nodiscard]] bus::FileResult<void> remove(const std::filesystem::path& path) override {
    return system_.remove(path);
  }
  [[nodiscard]] bus::FileResult<void> sync_directory(const std::filesystem::path& directory) override {
    return system_.sync_directory(directory);
  }
  [[nodiscard]] const char* sqlite_vfs() const override { return name_.c_str(); }

 private:
  void note_sync(Part part, const Stretch& took);

  const bus::Clock& clock_;
  bus::SystemFiles& system_ = bus::system_files();
  const std::string name_;
  sqlite3_vfs vfs_{};

  std::mutex mutex_;  // held for an addition
  DiskCounts counts_;
  bool log_is_written_ = false;     // since its last sync
  std::int64_t move_began_ns_ = 0;  // 0: none is under way
};

}  // namespace cairn::bench
