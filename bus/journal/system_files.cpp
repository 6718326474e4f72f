#include "bus/journal/system_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

namespace cairn::bus {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

// What a call that returns 0 or -1 came to.
FileResult<void> outcome(int returned) {
  if (returned != 0) return ErrorNumber{errno};
  return {};
}

class SystemFile final : public OpenFile {
 public:
  explicit SystemFile(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  FileResult<std::size_t> read(std::uint64_t offset, std::span<std::byte> out) override {
    std::size_t read = 0;
    while (read < out.size()) {
      const ssize_t got =
          ::pread(descriptor_.fd(), out.data() + read, out.size() - read, static_cast<off_t>(offset + read));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return ErrorNumber{errno};
      if (got == 0) break;
      read += static_cast<std::size_t>(got);
    }
    return read;
  }

  FileResult<void> write(std::uint64_t offset, std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t put = ::pwrite(descriptor_.fd(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) return ErrorNumber{put < 0 ? errno : EIO};
      bytes = bytes.subspan(static_cast<std::size_t>(put));
      offset += static_cast<std::size_t>(put);
    }
    return {};
  }

  FileResult<void> sync_content() override { return outcome(::fdatasync(descriptor_.fd())); }
  FileResult<void> sync() override { return outcome(::fsync(descriptor_.fd())); }

 private:
  Descriptor descriptor_;
};

class SystemLock final : public DirectoryLock {
 public:
  explicit SystemLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

 private:
  Descriptor descriptor_;
};

Descriptor open_directory(const std::filesystem::path& path) {
  return Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

int flags_for(FileLayer::Open how) {
  switch (how) {
    case FileLayer::Open::kRead: return O_RDONLY;
    case FileLayer::Open::kKeep: return O_RDWR | O_CREAT;
    case FileLayer::Open::kReplace: return O_RDWR | O_CREAT | O_TRUNC;
  }
  return O_RDONLY;
}

}  // namespace

FileResult<std::unique_ptr<OpenFile>> SystemFiles::open(const std::filesystem::path& path, Open how) {
  Descriptor descriptor(::open(path.c_str(), flags_for(how) | O_CLOEXEC, 0600));
  if (!descriptor) return ErrorNumber{errno};
  if (how != Open::kRead && ::fchmod(descriptor.fd(), 0600) != 0) return ErrorNumber{errno};
  return std::unique_ptr<OpenFile>(std::make_unique<SystemFile>(std::move(descriptor)));
}

FileResult<std::unique_ptr<DirectoryLock>> SystemFiles::lock(const std::filesystem::path& directory) {
  Descriptor descriptor = open_directory(directory);
  if (!descriptor) return ErrorNumber{errno};
  if (::flock(descriptor.fd(), LOCK_EX | LOCK_NB) != 0) return ErrorNumber{errno};
  return std::unique_ptr<DirectoryLock>(std::make_unique<SystemLock>(std::move(descriptor)));
}

bool SystemFiles::exists(const std::filesystem::path& path) { return ::access(path.c_str(), F_OK) == 0; }

FileResult<std::uint64_t> SystemFiles::bytes(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return ErrorNumber{errno};
  return static_cast<std::uint64_t>(status.st_size);
}

FileResult<void> SystemFiles::make_directory(const std::filesystem::path& path, unsigned mode) {
  return outcome(::mkdir(path.c_str(), mode));
}

FileResult<void> SystemFiles::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
  return outcome(::rename(from.c_str(), to.c_str()));
}

FileResult<void> SystemFiles::remove(const std::filesystem::path& path) {
  return outcome(::unlink(path.c_str()));
}

FileResult<void> SystemFiles::sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor = open_directory(directory);
  if (!descriptor) return ErrorNumber{errno};
  return outcome(::fsync(descriptor.fd()));
}

SystemFiles& system_files() {
  static SystemFiles files;
  return files;
}

}  // namespace cairn::bus
