// The files under a journal, handed in: the system's in production (system_files.hpp), a simulated disk where a power
// cut, a failing sync or a full disk must happen at a given step. All that the journal knows of its directory it knows
// by this interface, or by the SQLite VFS that it names.
//
// Owner: the program or the test; a layer outlives what was opened on it. Threads: one at a time for each directory.
// Bounds: the disk. When full: ENOSPC, like every failure of the system as its errno; nothing is tried again.
#pragma once

#include <boost/system/result.hpp>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "bus/result.hpp"

namespace cairn::bus {

// Why the system refused, as errno says it.
enum class ErrorNumber : int {};

template <class T>
using FileResult = boost::system::result<T, ErrorNumber>;

class OpenFile {
 public:
  virtual ~OpenFile() = default;
  // Returns how many bytes there were; fewer than asked for only at the file's end.
  [[nodiscard]] virtual FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) = 0;
  // All of them, or an error; some may have been written then.
  [[nodiscard]] virtual FileResult<void> write(std::uint64_t offset, std::span<const std::byte> bytes) = 0;
  // Makes content and length durable.
  [[nodiscard]] virtual FileResult<void> sync_content() = 0;
  // And also who may read it.
  [[nodiscard]] virtual FileResult<void> sync() = 0;
};

// Held until it is destroyed, or the process ends.
class DirectoryLock {
 public:
  virtual ~DirectoryLock() = default;
};

class FileLayer {
 public:
  enum class Open {
    kRead,     // what is there, for reading
    kKeep,     // made if it is missing; read and written; only for its owner from now on
    kReplace,  // empty, for its owner only; read and written
  };

  virtual ~FileLayer() = default;
  [[nodiscard]] virtual FileResult<std::unique_ptr<OpenFile>> open(const std::filesystem::path& path,
                                                                   Open how) = 0;
  // EWOULDBLOCK: somebody else has it.
  [[nodiscard]] virtual FileResult<std::unique_ptr<DirectoryLock>> lock(
      const std::filesystem::path& directory) = 0;
  [[nodiscard]] virtual bool exists(const std::filesystem::path& path) = 0;
  [[nodiscard]] virtual FileResult<std::uint64_t> bytes(const std::filesystem::path& path) = 0;

  // What follows changes names, which are durable only after sync_directory() of the directories they stand in.
  // `mode` as for mkdir; the parent exists.
  [[nodiscard]] virtual FileResult<void> make_directory(const std::filesystem::path& path, unsigned mode) = 0;
  // What stood under the new name is replaced at once.
  [[nodiscard]] virtual FileResult<void> rename(const std::filesystem::path& from,
                                                const std::filesystem::path& to) = 0;
  [[nodiscard]] virtual FileResult<void> remove(const std::filesystem::path& path) = 0;
  [[nodiscard]] virtual FileResult<void> sync_directory(const std::filesystem::path& directory) = 0;

  // The SQLite VFS by which databases are opened on these files; nullptr for SQLite's own.
  [[nodiscard]] virtual const char* sqlite_vfs() const = 0;
};

// Makes the names in a directory durable.
[[nodiscard]] Result<void> sync_names(FileLayer& files, const std::filesystem::path& directory);

// "cannot <what> <path>: <the system's reason>; <what to do>".
[[nodiscard]] Error file_error(std::string_view what, const std::filesystem::path& path, ErrorNumber error);

}  // namespace cairn::bus
