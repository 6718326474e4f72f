#include "tools/bench/journal/disk_watch.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace cairn::bench {

namespace {

using Part = DiskWatch::Part;

// --- SQLite's files: its own for this system stands behind each of ours, in the same memory ---

struct WatchedVfsFile {
  sqlite3_file base;
  DiskWatch* watch;
  Part part;
};
// SQLite gives memory that is aligned to eight bytes, and expects the same behind ours.
static_assert(alignof(WatchedVfsFile) == 8 && sizeof(WatchedVfsFile) % 8 == 0);

WatchedVfsFile& ours(sqlite3_file* file) { return *reinterpret_cast<WatchedVfsFile*>(file); }
sqlite3_file* theirs(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<WatchedVfsFile*>(file) + 1);
}
const sqlite3_io_methods& of(sqlite3_file* file) { return *theirs(file)->pMethods; }

int close(sqlite3_file* file) { return of(file).xClose(theirs(file)); }
int read(sqlite3_file* file, void* out, int bytes, sqlite3_int64 offset) {
  return of(file).xRead(theirs(file), out, bytes, offset);
}
int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  ours(file).watch->wrote(ours(file).part, static_cast<std::uint64_t>(count));
  return of(file).xWrite(theirs(file), bytes, count, offset);
}
int truncate(sqlite3_file* file, sqlite3_int64 bytes) { return of(file).xTruncate(theirs(file), bytes); }
int sync(sqlite3_file* file, int flags) {
  return ours(file).watch->synced(ours(file).part, [&] { return of(file).xSync(theirs(file), flags); });
}
int file_size(sqlite3_file* file, sqlite3_int64* bytes) { return of(file).xFileSize(theirs(file), bytes); }
int lock(sqlite3_file* file, int level) { return of(file).xLock(theirs(file), level); }
int unlock(sqlite3_file* file, int level) { return of(file).xUnlock(theirs(file), level); }
int check_reserved_lock(sqlite3_file* file, int* held) {
  return of(file).xCheckReservedLock(theirs(file), held);
}
int control(sqlite3_file* file, int verb, void* argument) {
  return of(file).xFileControl(theirs(file), verb, argument);
}
int sector_bytes(sqlite3_file* file) { return of(file).xSectorSize(theirs(file)); }
int device(sqlite3_file* file) { return of(file).xDeviceCharacteristics(theirs(file)); }

// The first version: no shared memory. Whoever has a write-ahead log here has the database alone.
constexpr sqlite3_io_methods kMethods{
    .iVersion = 1,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = control,
    .xSectorSize = sector_bytes,
    .xDeviceCharacteristics = device,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find(nullptr); }

Part part_of(int flags) {
  if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return Part::kDatabase;
  return (flags & SQLITE_OPEN_WAL) != 0 ? Part::kLog : Part::kOther;
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* opened = new (file) WatchedVfsFile{
      .base = {.pMethods = nullptr}, .watch = static_cast<DiskWatch*>(vfs->pAppData), .part = part_of(flags)};
  const int code = system_vfs()->xOpen(system_vfs(), path, theirs(file), flags, out_flags);
  if (theirs(file)->pMethods != nullptr) opened->base.pMethods = &kMethods;
  return code;
}

// --- the other files ---

class WatchedFile final : public bus::OpenFile {
 public:
  WatchedFile(DiskWatch& watch, std::unique_ptr<bus::OpenFile> file)
      : watch_(watch), file_(std::move(file)) {}

  bus::FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) override {
    return file_->read(offset, out);
  }
  bus::FileResult<void> write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    watch_.wrote(Part::kOther, bytes.size());
    return file_->write(offset, bytes);
  }
  bus::FileResult<void> sync_content() override {
    return watch_.synced(Part::kOther, [this] { return file_->sync_content(); });
  }
  bus::FileResult<void> sync() override {
    return watch_.synced(Part::kOther, [this] { return file_->sync(); });
  }

 private:
  DiskWatch& watch_;
  const std::unique_ptr<bus::OpenFile> file_;
};

std::string new_name() {
  static int made = 0;
  return "cairn-watched-" + std::to_string(++made);
}

}  // namespace

DiskWatch::DiskWatch(const bus::Clock& clock) : clock_(clock), name_(new_name()) {
  // All but opening is the system's own.
  vfs_ = *system_vfs();
  vfs_.iVersion = 1;
  vfs_.szOsFile = static_cast<int>(sizeof(WatchedVfsFile)) + system_vfs()->szOsFile;
  vfs_.pNext = nullptr;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = this;
  vfs_.xOpen = bench::open;
  sqlite3_vfs_register(&vfs_, 0);
}

DiskWatch::~DiskWatch() { sqlite3_vfs_unregister(&vfs_); }

DiskCounts DiskWatch::take_counts() {
  const std::lock_guard lock{mutex_};
  return std::exchange(counts_, {});
}

void DiskWatch::wrote(Part part, std::uint64_t bytes) {
  const std::lock_guard lock{mutex_};
  counts_.bytes_written += bytes;
  if (part == Part::kLog) log_is_written_ = true;
  if (part == Part::kDatabase && move_began_ns_ == 0) move_began_ns_ = clock_.steady_ns();
}

// A checkpoint syncs the log once more, then writes the database, then syncs that.
void DiskWatch::note_sync(Part part, const Stretch& took) {
  const std::lock_guard lock{mutex_};
  ++counts_.syncs;
  counts_.sync_ns_max = std::max(counts_.sync_ns_max, took.to_ns - took.from_ns);
  if (part == Part::kLog && !std::exchange(log_is_written_, false)) move_began_ns_ = took.from_ns;
  if (part != Part::kDatabase || move_began_ns_ == 0) return;
  counts_.log_moves.push_back({std::exchange(move_began_ns_, 0), took.to_ns});
}

bus::FileResult<std::unique_ptr<bus::OpenFile>> DiskWatch::open(const std::filesystem::path& path, Open how) {
  auto opened = system_.open(path, how);
  if (!opened || path.filename().string().starts_with("journal.checkpoint")) return opened;
  return std::unique_ptr<bus::OpenFile>(std::make_unique<WatchedFile>(*this, *std::move(opened)));
}

}  // namespace cairn::bench
