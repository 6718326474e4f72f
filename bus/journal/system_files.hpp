// The file layer of production: the system's own calls, one for one, and SQLite's own VFS.
//
// Owner: the program. Threads: any; it holds nothing.
#pragma once

#include "bus/journal/file_layer.hpp"

namespace cairn::bus {

class SystemFiles final : public FileLayer {
 public:
  [[nodiscard]] FileResult<std::unique_ptr<OpenFile>> open(const std::filesystem::path& path,
                                                           Open how) override;
  [[nodiscard]] FileResult<std::unique_ptr<DirectoryLock>> lock(
      const std::filesystem::path& directory) override;
  [[nodiscard]] bool exists(const std::filesystem::path& path) override;
  [[nodiscard]] FileResult<std::uint64_t> bytes(const std::filesystem::path& path) override;
  [[nodiscard]] FileResult<void> make_directory(const std::filesystem::path& path, unsigned mode) override;
  [[nodiscard]] FileResult<void> rename(const std::filesystem::path& from,
                                        const std::filesystem::path& to) override;
  [[nodiscard]] FileResult<void> remove(const std::filesystem::path& path) override;
  [[nodiscard]] FileResult<void> sync_directory(const std::filesystem::path& directory) override;
  [[nodiscard]] const char* sqlite_vfs() const override { return nullptr; }
};

// The one that all share who are handed no other.
[[nodiscard]] SystemFiles& system_files();

}  // namespace cairn::bus
