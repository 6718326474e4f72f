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
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bus/clock.hpp"
#include "bus/journal/chain.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/journal/high_water_mark.hpp"
#include "bus/journal/record.hpp"
#include "bus/journal/row.hpp"
#include "bus/random.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

class Store {
 public:
  // Makes the directory and its journal, or opens them and verifies every entry. `identity` is whose journal it is; empty:
  // whoever's, and nothing is made. `random` gives a new journal its data_id, and `files` outlives the store.
  [[nodiscard]] static Result<std::unique_ptr<Store>> open(FileLayer& files, RandomSource& random,
                                                           const std::filesystem::path& directory,
                                                           std::string_view identity);
  // In two steps, for who wants the entries while they are proved: nothing but prove() may be called before it went well.
  // Its visitor must not call the store. From the first entry on, or behind one up to which all was proved before: then
  // holds() must be true of it, and whether the rows through it are still whole is for somebody else to find out (copy()).
  [[nodiscard]] static Result<std::unique_ptr<Store>> open_unproved(FileLayer& files, RandomSource& random,
                                                                    const std::filesystem::path& directory,
                                                                    std::string_view identity);
  using Visit = std::function<Result<void>(const Record&)>;
  [[nodiscard]] Result<void> prove(const std::optional<Mark>& behind, const Visit& visit);
  // Whether an entry stands there with this link, as far as the row says it.
  [[nodiscard]] bool holds(const Mark& mark);

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
  [[nodiscard]] Result<void> read(std::uint64_t first, std::uint64_t last, const Visit& visit);

  // The rows behind entry `sequence` through `last`, as they stand there and unproved: a RowProof proves them elsewhere.
  [[nodiscard]] Result<void> copy(std::uint64_t sequence, std::uint64_t last, RowBatch& out);
  // As after an error of the disk: what was committed turned out to be damaged, and nothing is to be built on it.
  void give_up(const std::string& why) {
    if (!failed()) static_cast<void>(fail(why));
  }
  // What to tell of damage that a RowProof has found.
  [[nodiscard]] Error damaged(std::string problem) const;

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
  // The one before entry 1.
  [[nodiscard]] const ChainLink& first_link() const { return first_link_; }
  [[nodiscard]] const std::string& identity() const { return identity_; }
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
  std::string identity_;
  std::string data_id_;
  std::uint32_t wal_pages_ = 0;
  std::string failure_;
  bool mark_moved_ = false;
};

}  // namespace cairn::bus
