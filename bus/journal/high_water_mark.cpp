#include "bus/journal/high_water_mark.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include "bus/journal/crc32c.hpp"
#include "bus/journal/little_endian.hpp"

namespace cairn::bus {
namespace {

// A slot: 8 bytes "cairnmrk", sequence (8), link (16), CRC-32C of these (4). Little-endian.
constexpr std::array<char, 8> kMagic{'c', 'a', 'i', 'r', 'n', 'm', 'r', 'k'};
constexpr std::size_t kCheckedBytes = 32;
constexpr std::size_t kSlotBytes = kCheckedBytes + 4;
constexpr std::size_t kSlotStride = 512;
constexpr std::size_t kFileBytes = 2 * kSlotStride;

using Slot = std::array<std::byte, kSlotBytes>;

Slot encode(const Mark& mark) {
  Slot slot;
  std::ranges::copy(std::as_bytes(std::span(kMagic)), slot.begin());
  put_little_endian(slot.data() + 8, mark.sequence);
  std::ranges::copy(mark.link, slot.begin() + 16);
  put_little_endian(slot.data() + kCheckedBytes, crc32c(0, std::span(slot).first(kCheckedBytes)));
  return slot;
}

std::optional<Mark> decode(std::span<const std::byte> slot) {
  if (!std::ranges::equal(slot.first(8), std::as_bytes(std::span(kMagic)))) return std::nullopt;
  if (get_little_endian<std::uint32_t>(slot.data() + kCheckedBytes) != crc32c(0, slot.first(kCheckedBytes))) {
    return std::nullopt;
  }
  Mark mark;
  mark.sequence = get_little_endian<std::uint64_t>(slot.data() + 8);
  std::copy_n(slot.begin() + 16, mark.link.size(), mark.link.begin());
  return mark;
}

Result<void> write_at(const File& file, const std::filesystem::path& path, std::span<const std::byte> bytes,
                      std::size_t offset) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(file.fd(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return file_error("write", path, put < 0 ? errno : EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::size_t>(put);
  }
  return {};
}

}  // namespace

Result<std::optional<Mark>> HighWaterMark::load(const std::filesystem::path& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::optional<Mark>();
  if (!file) return file_error("open", path, errno);
  std::optional<Mark> newest;
  for (const std::size_t offset : {std::size_t{0}, kSlotStride}) {
    Slot slot;
    const ssize_t got = ::pread(file.fd(), slot.data(), slot.size(), static_cast<off_t>(offset));
    if (got < 0) return file_error("read", path, errno);
    if (got != static_cast<ssize_t>(slot.size())) continue;
    const std::optional<Mark> mark = decode(slot);
    if (mark && (!newest || mark->sequence > newest->sequence)) newest = mark;
  }
  if (!newest) {
    return failure(path.string() +
                   " is damaged: it does not say how far the journal went; look for the newest " +
                   "entry you know of, then accept the journal as it is with `cairn repair`");
  }
  return newest;
}

Result<HighWaterMark> HighWaterMark::create(const std::filesystem::path& path, const Mark& start) {
  // Under another name until both slots are durable: the file of this name always holds a whole mark, so that
  // one without is damage and never a creation that was cut short.
  std::filesystem::path unfinished = path;
  unfinished += ".unfinished";
  File file(::open(unfinished.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file) return file_error("create", unfinished, errno);
  HighWaterMark mark(std::move(file), path);
  const std::array<std::byte, kFileBytes> zeros{};
  if (auto put = write_at(mark.file_, unfinished, zeros, 0); !put) return put.error();
  for (int i = 0; i < 2; ++i) {
    if (auto put = mark.write(start); !put) return put.error();
  }
  if (auto synced = mark.sync(); !synced) return synced.error();
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return file_error("replace", path, errno);
  if (auto synced = sync_directory(path.parent_path()); !synced) return synced.error();
  return mark;
}

Result<void> HighWaterMark::write(const Mark& mark) {
  return write_at(file_, path_, encode(mark), (writes_++ % 2) * kSlotStride);
}

Result<void> HighWaterMark::sync() {
  if (::fdatasync(file_.fd()) != 0) return file_error("sync", path_, errno);
  return {};
}

}  // namespace cairn::bus
