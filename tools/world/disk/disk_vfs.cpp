#include "tools/world/disk/disk_vfs.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "tools/world/disk/simulated_disk.hpp"
#include "tools/world/disk/simulated_file.hpp"

namespace cairn::world {
namespace {

// --- an open file: SQLite gives the memory, and knows its first member ---

struct VfsFile {
  sqlite3_file base;
  SimulatedFile* file;
  bool name_is_durable;
};

// The errno of the last failure, which SQLite asks for when it reports it.
thread_local int last_error = 0;

SimulatedFile& file_of(sqlite3_file* file) { return *reinterpret_cast<VfsFile*>(file)->file; }

// What a failed call is to SQLite: a full disk by its name, all else as `code`.
template <class T>
int outcome(const bus::FileResult<T>& result, int code) {
  if (result) return SQLITE_OK;
  last_error = static_cast<int>(result.error());
  return last_error == ENOSPC ? SQLITE_FULL : code;
}

int close(sqlite3_file* file) {
  delete reinterpret_cast<VfsFile*>(file)->file;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* out, int bytes, sqlite3_int64 offset) {
  const std::span<std::byte> wanted(static_cast<std::byte*>(out), static_cast<std::size_t>(bytes));
  const auto got = file_of(file).read(static_cast<std::uint64_t>(offset), wanted);
  if (!got) return outcome(got, SQLITE_IOERR_READ);
  if (*got == wanted.size()) return SQLITE_OK;
  // SQLite wants zeros behind the end.
  std::memset(wanted.data() + *got, 0, wanted.size() - *got);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  const std::span<const std::byte> given(static_cast<const std::byte*>(bytes),
                                         static_cast<std::size_t>(count));
  return outcome(file_of(file).write(static_cast<std::uint64_t>(offset), given), SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 bytes) {
  return outcome(file_of(file).truncate(static_cast<std::uint64_t>(bytes)), SQLITE_IOERR_TRUNCATE);
}

// With the first sync of a log the unix VFS makes its name durable too.
int sync(sqlite3_file* file, int /*flags*/) {
  auto* synced = reinterpret_cast<VfsFile*>(file);
  if (auto content = synced->file->sync_content(); !content) return outcome(content, SQLITE_IOERR_FSYNC);
  if (synced->name_is_durable) return SQLITE_OK;
  synced->name_is_durable = true;
  // It looks away when that fails.
  static_cast<void>(synced->file->disk().sync_directory(directory_of(synced->file->path())));
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* bytes) {
  if (!file_of(file).alive()) return SQLITE_IOERR_FSTAT;
  *bytes = static_cast<sqlite3_int64>(file_of(file).bytes());
  return SQLITE_OK;
}

// A connection that outlives its process must not take the lock with which it would clear away the log.
int lock(sqlite3_file* file, int /*level*/) { return file_of(file).alive() ? SQLITE_OK : SQLITE_IOERR_LOCK; }
int unlock(sqlite3_file* /*file*/, int /*level*/) { return SQLITE_OK; }
int check_reserved_lock(sqlite3_file* /*file*/, int* held) {
  *held = 0;
  return SQLITE_OK;
}
int control(sqlite3_file* /*file*/, int /*verb*/, void* /*argument*/) { return SQLITE_NOTFOUND; }
int sector_bytes(sqlite3_file* /*file*/) { return 4096; }
// The unix VFS claims this much of any disk: a torn write leaves what stands beside it.
int device(sqlite3_file* /*file*/) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

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

// --- the files by their names ---

SimulatedDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<SimulatedDisk*>(vfs->pAppData); }

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* opened = reinterpret_cast<VfsFile*>(file);
  opened->base.pMethods = nullptr;
  // Nothing of the journal is ever put into a nameless file.
  if (path == nullptr) return SQLITE_CANTOPEN;
  const bool creates = (flags & SQLITE_OPEN_CREATE) != 0;
  if (!creates && !disk_of(vfs).exists(path)) return SQLITE_CANTOPEN;
  auto made = disk_of(vfs).open(path, bus::FileLayer::Open::kKeep);
  if (!made) return outcome(made, SQLITE_CANTOPEN);
  opened->file = static_cast<SimulatedFile*>(made->release());
  constexpr int kLogs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  opened->name_is_durable = !creates || (flags & kLogs) == 0;
  opened->base.pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  SimulatedDisk& disk = disk_of(vfs);
  if (!disk.exists(path)) return SQLITE_IOERR_DELETE_NOENT;
  if (auto removed = disk.remove(path); !removed) return outcome(removed, SQLITE_IOERR_DELETE);
  if (sync_directory == 0) return SQLITE_OK;
  return outcome(disk.sync_directory(directory_of(path_on_disk(path))), SQLITE_IOERR_DIR_FSYNC);
}

// An empty file counts for none, as it does to the unix VFS.
int access(sqlite3_vfs* vfs, const char* path, int flags, int* allowed) {
  const auto bytes = disk_of(vfs).bytes(path);
  *allowed = bytes && (flags != SQLITE_ACCESS_EXISTS || *bytes > 0) ? 1 : 0;
  return SQLITE_OK;
}

int full_pathname(sqlite3_vfs* /*vfs*/, const char* path, int bytes, char* out) {
  const std::string_view whole(path);
  if (whole.size() >= static_cast<std::size_t>(bytes)) return SQLITE_CANTOPEN;
  std::memcpy(out, whole.data(), whole.size());
  out[whole.size()] = '\0';
  return SQLITE_OK;
}

// SQLite takes its seed from its default VFS, not from here, and has no use for the time.
int randomness(sqlite3_vfs* /*vfs*/, int bytes, char* out) {
  std::memset(out, 0, static_cast<std::size_t>(bytes));
  return bytes;
}
int pause(sqlite3_vfs* /*vfs*/, int microseconds) { return microseconds; }
int current_time(sqlite3_vfs* /*vfs*/, double* days) {
  *days = 2440587.5;  // 1970
  return SQLITE_OK;
}
int get_last_error(sqlite3_vfs* /*vfs*/, int /*bytes*/, char* /*out*/) { return last_error; }

std::string new_name() {
  static int made = 0;
  return "cairn-disk-" + std::to_string(++made);
}

}  // namespace

DiskVfs::DiskVfs(SimulatedDisk& disk, unsigned seed) : name_(new_name()) {
  vfs_.iVersion = 1;
  vfs_.szOsFile = sizeof(VfsFile);
  vfs_.mxPathname = 512;
  vfs_.zName = name_.c_str();
  vfs_.pAppData = &disk;
  vfs_.xOpen = open;
  vfs_.xDelete = remove;
  vfs_.xAccess = access;
  vfs_.xFullPathname = full_pathname;
  vfs_.xRandomness = randomness;
  vfs_.xSleep = pause;
  vfs_.xCurrentTime = current_time;
  vfs_.xGetLastError = get_last_error;
  sqlite3_vfs_register(&vfs_, 0);
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, seed, nullptr);
}

DiskVfs::~DiskVfs() { sqlite3_vfs_unregister(&vfs_); }

}  // namespace cairn::world
