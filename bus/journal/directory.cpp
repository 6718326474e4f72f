#include "bus/journal/directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

namespace cairn::bus {

Result<DataDirectory> DataDirectory::lock(const std::filesystem::path& path, bool make) {
  if (make && ::access(path.c_str(), F_OK) != 0) {
    std::error_code error;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
    if (error) return file_error("create the data directory", path, error.value());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
      return file_error("create the data directory", path, errno);
    }
    const std::filesystem::path parent =
        path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    if (auto synced = sync_directory(parent); !synced) return std::move(synced).error();
  }
  File handle(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle) return file_error("open the data directory", path, errno);
  if (::flock(handle.fd(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return failure("the data directory " + path.string() +
                     " is in use by another cairn; stop it first, or choose another data directory");
    }
    return file_error("lock the data directory", path, errno);
  }
  return DataDirectory(path, std::move(handle));
}

Result<void> make_private_file(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file) return file_error("create", path, errno);
  if (::fchmod(file.fd(), 0600) != 0) return file_error("make private", path, errno);
  if (::fsync(file.fd()) != 0) return file_error("sync", path, errno);
  return sync_directory(path.parent_path());
}

}  // namespace cairn::bus
