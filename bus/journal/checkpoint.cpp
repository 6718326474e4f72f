#include "bus/journal/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "bus/assert.hpp"
#include "bus/journal/blake2b.hpp"
#include "bus/journal/crc32c.hpp"
#include "bus/journal/little_endian.hpp"

namespace cairn::bus {

namespace {

constexpr std::uint32_t kFormat = 1;
constexpr std::size_t kHeadBytes = 96;
constexpr std::size_t kStreamHeadBytes = 24;
constexpr char kMagic[] = "cairnchk";

std::filesystem::path name_in(const std::filesystem::path& directory) {
  return directory / "journal.checkpoint";
}
std::filesystem::path unfinished_in(const std::filesystem::path& directory) {
  return directory / "journal.checkpoint.unfinished";
}

ChainLink digest_of(std::span<const std::byte> bytes) {
  Blake2b hash(sizeof(ChainLink));
  hash.update(bytes);
  ChainLink digest;
  hash.finish(digest);
  return digest;
}

// As it stands in the file, FORMAT.md.
struct Head {
  CheckpointKind kind;
  Mark mark;
  std::uint64_t state_bytes = 0;
  std::uint64_t streams_bytes = 0;
  ChainLink state_digest{};
  std::uint32_t streams_crc = 0;
};

std::array<std::byte, kHeadBytes> encode(const Head& head) {
  std::array<std::byte, kHeadBytes> bytes{};
  std::memcpy(bytes.data(), kMagic, 8);
  put_little_endian(bytes.data() + 8, kFormat);
  put_little_endian(bytes.data() + 12, head.kind.state_version);
  put_little_endian(bytes.data() + 16, head.kind.content_hash);
  put_little_endian(bytes.data() + 24, head.mark.sequence);
  std::memcpy(bytes.data() + 32, head.mark.link.data(), 16);
  put_little_endian(bytes.data() + 48, head.state_bytes);
  put_little_endian(bytes.data() + 56, head.streams_bytes);
  std::memcpy(bytes.data() + 64, head.state_digest.data(), 16);
  put_little_endian(bytes.data() + 80, head.streams_crc);
  put_little_endian(bytes.data() + 92, crc32c(0, std::span{bytes}.first(92)));
  return bytes;
}

Result<Head> decode(std::span<const std::byte, kHeadBytes> bytes) {
  if (std::memcmp(bytes.data(), kMagic, 8) != 0) return failure("it is not one");
  if (get_little_endian<std::uint32_t>(bytes.data() + 92) != crc32c(0, bytes.first(92)))
    return failure("its head is damaged");
  if (const auto format = get_little_endian<std::uint32_t>(bytes.data() + 8); format != kFormat)
    return failure("it has format " + std::to_string(format));
  Head head;
  head.kind.state_version = get_little_endian<std::uint32_t>(bytes.data() + 12);
  head.kind.content_hash = get_little_endian<std::uint64_t>(bytes.data() + 16);
  head.mark.sequence = get_little_endian<std::uint64_t>(bytes.data() + 24);
  std::memcpy(head.mark.link.data(), bytes.data() + 32, 16);
  head.state_bytes = get_little_endian<std::uint64_t>(bytes.data() + 48);
  head.streams_bytes = get_little_endian<std::uint64_t>(bytes.data() + 56);
  std::memcpy(head.state_digest.data(), bytes.data() + 64, 16);
  head.streams_crc = get_little_endian<std::uint32_t>(bytes.data() + 80);
  return head;
}

}  // namespace

CheckpointWriter::CheckpointWriter(FileLayer& files, std::filesystem::path directory,
                                   std::unique_ptr<OpenFile> file)
    : files_(&files), directory_(std::move(directory)), file_(std::move(file)), written_(kHeadBytes) {}

Result<CheckpointWriter> CheckpointWriter::begin(FileLayer& files, const std::filesystem::path& directory) {
  auto file = files.open(unfinished_in(directory), FileLayer::Open::kReplace);
  if (!file) return file_error("create", unfinished_in(directory), file.error());
  return CheckpointWriter(files, directory, std::move(*file));
}

void CheckpointWriter::append(std::span<const std::byte> bytes) {
  if (pending_first_ == pending_.size()) {
    pending_.clear();
    pending_first_ = 0;
  }
  pending_.insert(pending_.end(), bytes.begin(), bytes.end());
}

void CheckpointWriter::put_state(std::span<const std::byte> state) {
  CAIRN_ASSERT(state_bytes_ == 0 && streams_bytes_ == 0);
  state_bytes_ = state.size();
  state_digest_ = digest_of(state);
  append(state);
}

void CheckpointWriter::put_stream(std::uint32_t stream, std::uint64_t first_offset, std::uint64_t last_offset,
                                  std::span<const std::span<const std::byte>> frames) {
  std::size_t frames_bytes = 0;
  for (const auto& part : frames) frames_bytes += part.size();
  std::array<std::byte, kStreamHeadBytes> head;
  put_little_endian(head.data(), stream);
  put_little_endian(head.data() + 4, static_cast<std::uint32_t>(frames_bytes));
  put_little_endian(head.data() + 8, first_offset);
  put_little_endian(head.data() + 16, last_offset);
  const auto add = [this](std::span<const std::byte> bytes) {
    streams_crc_ = crc32c(streams_crc_, bytes);
    streams_bytes_ += bytes.size();
    append(bytes);
  };
  add(head);
  for (const auto& part : frames) add(part);
}

Result<bool> CheckpointWriter::write() {
  const std::size_t bytes = std::min(kCheckpointWriteBytes, pending_.size() - pending_first_);
  if (bytes == 0) return false;
  const auto written = file_->write(written_, std::span{pending_}.subspan(pending_first_, bytes));
  if (!written) return file_error("write", unfinished_in(directory_), written.error());
  if (const auto synced = file_->sync_content(); !synced)
    return file_error("sync", unfinished_in(directory_), synced.error());
  written_ += bytes;
  pending_first_ += bytes;
  return pending_first_ < pending_.size();
}

Result<void> CheckpointWriter::finish(const CheckpointKind& kind, const Mark& mark) {
  CAIRN_ASSERT(pending_first_ == pending_.size() && written_ == kHeadBytes + state_bytes_ + streams_bytes_);
  const auto head = encode({kind, mark, state_bytes_, streams_bytes_, state_digest_, streams_crc_});
  const auto written = file_->write(0, head);
  if (!written) return file_error("write", unfinished_in(directory_), written.error());
  if (const auto synced = file_->sync(); !synced)
    return file_error("sync", unfinished_in(directory_), synced.error());
  if (const auto renamed = files_->rename(unfinished_in(directory_), name_in(directory_)); !renamed)
    return file_error("rename", unfinished_in(directory_), renamed.error());
  return sync_names(*files_, directory_);
}

// What cannot be removed is overwritten by the next one.
void CheckpointWriter::abandon() { static_cast<void>(files_->remove(unfinished_in(directory_))); }

Result<Checkpoint> Checkpoint::load(FileLayer& files, const std::filesystem::path& directory,
                                    const CheckpointKind& kind) {
  return load(files, directory, kind, true);
}

Result<Checkpoint> Checkpoint::load_state(FileLayer& files, const std::filesystem::path& directory,
                                          const CheckpointKind& kind) {
  return load(files, directory, kind, false);
}

Result<Checkpoint> Checkpoint::load(FileLayer& files, const std::filesystem::path& directory,
                                    const CheckpointKind& kind, bool with_streams) {
  const std::filesystem::path path = name_in(directory);
  Checkpoint checkpoint;
  if (!files.exists(path)) return checkpoint;
  const auto ignored = [&path](std::string_view why) {
    return failure(path.string() + " is ignored: " + std::string(why));
  };
  auto file = files.open(path, FileLayer::Open::kRead);
  if (!file) return file_error("open", path, file.error());
  std::array<std::byte, kHeadBytes> head_bytes{};
  if (const auto read = (*file)->read(0, head_bytes); !read || *read != kHeadBytes)
    return ignored("it is cut off");
  const auto head = decode(head_bytes);
  if (!head) return ignored(head.error().message);
  if (head->kind != kind) return ignored("it was written by another cairn, or of other hunt files");
  const auto length = files.bytes(path);
  // Compared one by one, so that no sum of theirs can overflow.
  if (!length || *length < kHeadBytes || head->state_bytes > *length - kHeadBytes ||
      head->streams_bytes != *length - kHeadBytes - head->state_bytes)
    return ignored("it is cut off");
  const auto wanted = static_cast<std::size_t>(head->state_bytes + (with_streams ? head->streams_bytes : 0));
  checkpoint.bytes_ = std::make_unique_for_overwrite<std::byte[]>(wanted);
  const std::span<std::byte> all{checkpoint.bytes_.get(), wanted};
  if (const auto read = (*file)->read(kHeadBytes, all); !read || *read != wanted)
    return ignored("it cannot be read");
  checkpoint.state_ = all.first(static_cast<std::size_t>(head->state_bytes));
  checkpoint.streams_ = all.subspan(checkpoint.state_.size());
  if (digest_of(checkpoint.state_) != head->state_digest ||
      (with_streams && crc32c(0, checkpoint.streams_) != head->streams_crc))
    return ignored("it is damaged");
  checkpoint.mark_ = head->mark;
  return checkpoint;
}

bool Checkpoint::for_each_stream(const Take& take) const {
  std::span<const std::byte> left = streams_;
  while (!left.empty()) {
    if (left.size() < kStreamHeadBytes) return false;
    const std::byte* const head = left.data();
    left = left.subspan(kStreamHeadBytes);
    const auto frames_bytes = get_little_endian<std::uint32_t>(head + 4);
    if (frames_bytes > left.size()) return false;
    if (!take(get_little_endian<std::uint32_t>(head), get_little_endian<std::uint64_t>(head + 8),
              get_little_endian<std::uint64_t>(head + 16), left.first(frames_bytes)))
      return false;
    left = left.subspan(frames_bytes);
  }
  return true;
}

}  // namespace cairn::bus
