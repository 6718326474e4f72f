// The files of the journal: every committed entry, in order, chained and checksummed, in one SQLite database
// and a high-water mark beside it (FORMAT.md). It has no thread; the journal's thread calls it.
//
// An append that returns well is on disk. After any error of the disk the store has failed for good: it never
// tries a sync again, since a second one may report success for pages that were lost. What was appended by
// the failing call may or may not be there after a restart, and nobody may have been told of it.
//
// Owner: the journal. Threads: one at a time (it may be opened by one thread and handed to another).
// Bounds: the disk. When full: append fails, and the store stays readable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "bus/clock.hpp"
#include "bus/journal/chain.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/random.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

// An entry's events got the offsets first .. first + count - 1 on that stream.
struct StreamOffset {
  std::uint32_t stream = 0;
  std::uint32_t count = 0;
  std::uint64_t first = 0;
  friend bool operator==(const StreamOffset&, const StreamOffset&) = default;
};

// What is stored of one entry. Sequences start at 1 and are dense.
struct Record {
  std::uint64_t sequence = 0;
  std::span<const std::byte> body;
  std::span<const StreamOffset> offsets;
};

class Store {
 public:
  // Makes the directory and its journal, or opens them and verifies every entry. `identity` is the hunt's id;
  // `random` gives a new journal its data_id, and `files` outlives the store.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(FileLayer& files, RandomSource& random,
                                                           const std::filesystem::path& directory,
                                                           std::string_view identity);
  // Accepts a journal that open() refuses as damaged or shorter than its mark: keeps the entries up to the
  // first that cannot be proved, under a new data_id, and says which are lost. The files as they were stay in
  // the directory "before-repair-N" inside.
  struct Repair {
    std::uint64_t head = 0;  // entries kept
    std::string sentence;
  };
  [[nodiscard]] static Result<Repair> repair(FileLayer& files, RandomSource& random,
                                             const std::filesystem::path& directory);

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // One transaction, synced when this returns. Sequences go on from head() + 1.
  [[nodiscard]] Result<void> append(std::span<const Record> records);
  // Every entry from `first` to `last`, in order, verified; spans are valid inside the call only, and `visit`
  // must not call append(). Stops at the first error, the visitor's own too.
  using Visit = std::function<Result<void>(const Record&)>;
  [[nodiscard]] Result<void> read(std::uint64_t first, std::uint64_t last, const Visit& visit);

  struct CheckpointStats {
    std::uint32_t pages_before = 0;  // in the write-ahead log
    std::uint32_t pages_moved = 0;   // into journal.db; 0 if there was too little to do
    std::uint64_t took_us = 0;
  };
  // For idle moments, and between commits when wal_pages() grows: moves the write-ahead log into journal.db
  // if it has more than `pages_min` pages. It syncs, so it takes milliseconds.
  [[nodiscard]] Result<CheckpointStats> checkpoint(const Clock& clock,
                                                   std::uint32_t pages_min = kCheckpointPagesMin);
  // Makes the high-water mark durable if it has moved; about once a second is enough.
  [[nodiscard]] Result<void> sync_mark();

  // The newest entry's sequence; 0 if there is none.
  [[nodiscard]] std::uint64_t head() const { return head_; }
  [[nodiscard]] const ChainLink& head_link() const { return link_; }
  // 16 hexadecimal digits made with the directory.
  [[nodiscard]] const std::string& data_id() const { return data_id_; }
  [[nodiscard]] std::uint32_t wal_pages() const { return wal_pages_; }
  // For ever, with its sentence; empty while all is well.
  [[nodiscard]] bool failed() const { return !failure_.empty(); }
  [[nodiscard]] const std::string& failure_message() const { return failure_; }

  static constexpr std::uint32_t kCheckpointPagesMin = 1000;

 private:
  struct Files;
  explicit Store(std::unique_ptr<Files> files);
  Error fail(std::string message);

  std::unique_ptr<Files> files_;
  std::uint64_t head_ = 0;
  ChainLink link_{};
  ChainLink first_link_{};
  std::string data_id_;
  std::uint32_t wal_pages_ = 0;
  std::string failure_;
  bool mark_moved_ = false;
};

}  // namespace cairn::bus
