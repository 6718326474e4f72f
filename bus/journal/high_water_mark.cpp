#include "bus/journal/high_water_mark.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

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

}  // namespace

Result<std::optional<Mark>> HighWaterMark::load(FileLayer& files, const std::filesystem::path& path) {
  auto file = files.open(path, FileLayer::Open::kRead);
  if (!file && file.error() == ErrorNumber{ENOENT}) return std::optional<Mark>();
  if (!file) return file_error("open", path, file.error());
  std::optional<Mark> newest;
  for (const std::size_t offset : {std::size_t{0}, kSlotStride}) {
    Slot slot;
    const auto got = (*file)->read(offset, slot);
    if (!got) return file_error("read", path, got.error());
    if (*got != slot.size()) continue;
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

Result<HighWaterMark> HighWaterMark::create(FileLayer& files, const std::filesystem::path& path,
                                            const Mark& start) {
  // Under another name until both slots are durable: the file of this name always holds a whole mark, so that
  // one without is damage and never a creation that was cut short.
  std::filesystem::path unfinished = path;
  unfinished += ".unfinished";
  auto file = files.open(unfinished, FileLayer::Open::kReplace);
  if (!file) return file_error("create", unfinished, file.error());
  HighWaterMark mark(*std::move(file), path);
  const std::array<std::byte, kFileBytes> zeros{};
  if (auto put = mark.file_->write(0, zeros); !put) return file_error("write", unfinished, put.error());
  for (int i = 0; i < 2; ++i) {
    if (auto put = mark.write(start); !put) return put.error();
  }
  if (auto synced = mark.sync(); !synced) return synced.error();
  if (auto moved = files.rename(unfinished, path); !moved) return file_error("replace", path, moved.error());
  if (auto synced = sync_names(files, path.parent_path()); !synced) return synced.error();
  return mark;
}

Result<void> HighWaterMark::write(const Mark& mark) {
  const auto put = file_->write((writes_++ % 2) * kSlotStride, encode(mark));
  if (!put) return file_error("write", path_, put.error());
  return {};
}

Result<void> HighWaterMark::sync() {
  const auto synced = file_->sync_content();
  if (!synced) return file_error("sync", path_, synced.error());
  return {};
}

}  // namespace cairn::bus
