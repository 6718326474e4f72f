// What a journal amounts to through one of its entries, in a file beside it (FORMAT.md): a start that trusts it folds only
// what came after. It is a cache: whatever is wrong with it, it is ignored, and the journal is folded from its beginning.
//
// Its content is opaque here: the state's bytes, and the windows of the streams as ready frames. What it stands for is in
// its head: the entry's sequence and link, so that it fits one journal only; the hunt's files and the version of whoever
// wrote it, so that nobody reads what he would have written otherwise.
//
// Owner: who makes one, who starts from one. Threads: one at a time for each. Bounds: kCheckpointWriteBytes are written
// between two syncs, so that a commit on the same disk never waits for more than that. When full: the old file stays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "bus/journal/chain.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

inline constexpr std::size_t kCheckpointWriteBytes = std::size_t{1} << 20U;

// What a reader must have in common with the writer.
struct CheckpointKind {
  std::uint32_t state_version = 0;
  std::uint64_t content_hash = 0;
  friend bool operator==(const CheckpointKind&, const CheckpointKind&) = default;
};

class CheckpointWriter {
 public:
  // Beside the journal of `directory`, under another name until finish().
  [[nodiscard]] static Result<CheckpointWriter> begin(FileLayer& files,
                                                      const std::filesystem::path& directory);

  // In this order: the state, then streams. They are kept; write() brings them to the file.
  void put_state(std::span<const std::byte> state);
  // A stream's last offset, and the frames of its window, of which the first one has first_offset; perhaps none.
  void put_stream(std::uint32_t stream, std::uint64_t first_offset, std::uint64_t last_offset,
                  std::span<const std::span<const std::byte>> frames);
  // Brings kCheckpointWriteBytes at most to the disk; true while there is more.
  [[nodiscard]] Result<bool> write();
  // When all is written: gives it its name, durably.
  [[nodiscard]] Result<void> finish(const CheckpointKind& kind, const Mark& mark);
  // Instead: takes away what was written, whose room the journal may need.
  void abandon();
  [[nodiscard]] std::uint64_t bytes() const { return written_ + pending_.size() - pending_first_; }

 private:
  CheckpointWriter(FileLayer& files, std::filesystem::path directory, std::unique_ptr<OpenFile> file);
  void append(std::span<const std::byte> bytes);

  FileLayer* files_;
  std::filesystem::path directory_;
  std::unique_ptr<OpenFile> file_;
  std::uint64_t written_;
  std::vector<std::byte> pending_;  // from pending_first_ on
  std::size_t pending_first_ = 0;
  std::uint64_t state_bytes_ = 0;
  std::uint64_t streams_bytes_ = 0;
  ChainLink state_digest_{};
  std::uint32_t streams_crc_ = 0;
};

class Checkpoint {
 public:
  // The whole file, checked in every byte; an error says why it is ignored. No file: its head says sequence 0.
  [[nodiscard]] static Result<Checkpoint> load(FileLayer& files, const std::filesystem::path& directory,
                                               const CheckpointKind& kind);
  // The same without the windows, for who only wants to go on from the state.
  [[nodiscard]] static Result<Checkpoint> load_state(FileLayer& files, const std::filesystem::path& directory,
                                                     const CheckpointKind& kind);

  [[nodiscard]] const Mark& mark() const { return mark_; }
  [[nodiscard]] std::span<const std::byte> state() const { return state_; }
  using Take = std::function<bool(std::uint32_t stream, std::uint64_t first_offset, std::uint64_t last_offset,
                                  std::span<const std::byte> frames)>;
  // Calls `take` for each stream; false as soon as it is.
  [[nodiscard]] bool for_each_stream(const Take& take) const;

 private:
  static Result<Checkpoint> load(FileLayer& files, const std::filesystem::path& directory,
                                 const CheckpointKind& kind, bool with_streams);

  Mark mark_;
  std::unique_ptr<std::byte[]> bytes_;
  std::span<const std::byte> state_;
  std::span<const std::byte> streams_;
};

}  // namespace cairn::bus
