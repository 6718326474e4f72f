#include "bus/journal/file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <system_error>

namespace cairn::bus {

Error file_error(std::string_view what, const std::filesystem::path& path, int error_number) {
  std::string message = "cannot " + std::string(what) + " " + path.string() + ": ";
  switch (error_number) {
    case ENOSPC:
    case EDQUOT: return failure(message + "the disk is full; free some space and start again");
    case EACCES:
    case EPERM:
      return failure(message +
                     "permission denied; give this user the right to write there, or choose another "
                     "data directory");
    case EROFS: return failure(message + "the file system is read-only; choose another data directory");
    case ENOTDIR:
      return failure(message + "a part of the path is not a directory; choose another data directory");
    default: return failure(message + std::generic_category().message(error_number));
  }
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  const File handle(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!handle) return file_error("open", directory, errno);
  if (::fsync(handle.fd()) != 0) return file_error("sync", directory, errno);
  return {};
}

}  // namespace cairn::bus
