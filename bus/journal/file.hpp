// A file descriptor with an owner, and what goes wrong with files as one clear sentence.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "bus/result.hpp"

namespace cairn::bus {

class File {
 public:
  File() = default;
  explicit File(int fd) : fd_(fd) {}
  File(File&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// "cannot <what> <path>: <the system's reason>; <what to do>", from an errno.
[[nodiscard]] Error file_error(std::string_view what, const std::filesystem::path& path, int error_number);

// Makes names in a directory durable.
[[nodiscard]] Result<void> sync_directory(const std::filesystem::path& directory);

}  // namespace cairn::bus
