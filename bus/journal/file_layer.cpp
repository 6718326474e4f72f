#include "bus/journal/file_layer.hpp"

#include <cerrno>
#include <string>
#include <system_error>

namespace cairn::bus {

Result<void> sync_names(FileLayer& files, const std::filesystem::path& directory) {
  if (const auto synced = files.sync_directory(directory); !synced)
    return file_error("sync", directory, synced.error());
  return {};
}

Error file_error(std::string_view what, const std::filesystem::path& path, ErrorNumber error) {
  std::string message = "cannot " + std::string(what) + " " + path.string() + ": ";
  const int number = static_cast<int>(error);
  switch (number) {
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
    default: return failure(message + std::generic_category().message(number));
  }
}

}  // namespace cairn::bus
