#include "bus/journal/directory.hpp"

#include <cerrno>

namespace cairn::bus {
namespace {

namespace fs = std::filesystem;

fs::path parent_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// The directory, durable by its name and by those of all that had to be made above it. Of one that is there
// already the name is synced too: whoever made it may have been killed before that.
Result<void> make_durable(FileLayer& files, const fs::path& path, unsigned mode) {
  // "data/" is "data", which must not be made as if it stood above itself.
  if (!path.has_filename() && path.has_relative_path()) return make_durable(files, path.parent_path(), mode);
  const fs::path parent = parent_of(path);
  const bool missing = !files.exists(path);
  if (missing) {
    if (auto made = make_durable(files, parent, 0777); !made) return made;
    const auto made = files.make_directory(path, mode);
    if (!made && made.error() != ErrorNumber{EEXIST})
      return file_error("create the data directory", path, made.error());
  }
  const auto synced = files.sync_directory(parent);
  if (synced) return {};
  // Not every directory above ours may be read, or synced; that a name in it was ours to make says that it can.
  const int reason = static_cast<int>(synced.error());
  if (!missing && (reason == EACCES || reason == EPERM || reason == EINVAL)) return {};
  return file_error("sync", parent, synced.error());
}

}  // namespace

Result<DataDirectory> DataDirectory::lock(FileLayer& files, const fs::path& path, bool make) {
  if (make) {
    if (auto made = make_durable(files, path, 0700); !made) return std::move(made).error();
  }
  auto locked = files.lock(path);
  if (locked) return DataDirectory(files, path, *std::move(locked));
  if (locked.error() == ErrorNumber{EWOULDBLOCK}) {
    return failure("the data directory " + path.string() +
                   " is in use by another cairn; stop it first, or choose another data directory");
  }
  return file_error("open the data directory", path, locked.error());
}

Result<void> make_private_file(FileLayer& files, const fs::path& path) {
  auto file = files.open(path, FileLayer::Open::kKeep);
  if (!file) return file_error("create", path, file.error());
  if (auto synced = (*file)->sync(); !synced) return file_error("sync", path, synced.error());
  return sync_names(files, path.parent_path());
}

}  // namespace cairn::bus
