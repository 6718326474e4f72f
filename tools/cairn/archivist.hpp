// The archivist: looks after the journal's past while the hunt goes on. Makes checkpoints, proves again what a start has
// trusted, and writes backups; all of it from the journal's own entries, which the journal's thread copies out for it in
// slices between two commits. It touches no actor and stops nobody.
//
// Owner: the House. Threads: turn() is one thread's at a time: its own, which run() makes the last to get a processor, or
// that of whoever has no threads; ask_backup(), figures() and wake() any. Bounds: one task, one slice, one backup that
// waits. When full: a second backup is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "bus/clock.hpp"
#include "bus/event_count.hpp"
#include "bus/journal/journal.hpp"
#include "bus/journal/slice.hpp"
#include "bus/tell.hpp"
#include "net/admin/backup_progress.hpp"
#include "tools/cairn/archive_task.hpp"

namespace cairn {

// A checkpoint is due when so many entries came after the last one: what a start folds at most, but for those that come
// while it is being made.
inline constexpr std::uint64_t kCheckpointEvery = 50'000;
// At a clean stop, when there are at least so many: fewer are folded in no time.
inline constexpr std::uint64_t kCheckpointAtStop = 5'000;

struct ArchiveFigures {
  std::uint64_t checkpoint_sequence = 0;  // of the newest
  std::uint64_t checkpoint_bytes = 0;
  std::int64_t checkpoint_ns = 0;  // that the newest took, in the background
  std::uint64_t checkpoints_failed = 0;
  std::uint64_t unproved = 0;  // entries that the start has trusted and that are not proved again yet
  bool is_damaged = false;     // what it went through was not whole: the hunt is read-only
};

class Archivist {
 public:
  struct Parts {
    std::shared_ptr<const config::Hunt> hunt;
    bus::FileLayer* files = nullptr;
    bus::RandomSource* random = nullptr;
    std::filesystem::path data;
    std::vector<std::string> beside;  // what a backup takes along from there
    bus::CheckpointKind kind;
    std::uint64_t checkpoint_every = kCheckpointEvery;
    bus::Tell tell;
  };
  Archivist(Parts parts, bus::Store& store, bus::Journal& journal, bus::StreamSet& streams,
            std::size_t reader, const bus::Clock& clock);
  ~Archivist();

  // --- before the first turn ---
  // The start has trusted the checkpoint that stands for this entry.
  void trusted(const bus::Mark& mark);
  // The start had to fold all of it: this is what it came to, to be made a checkpoint of.
  void keep(const bus::Mark& mark, std::vector<std::byte> state);

  // --- turns ---
  // One step; false if there is nothing to do, or the slice is not there yet.
  bool turn();
  void run(const std::stop_token& stop);
  // The journal's thread has ended and its turns are the caller's: gives up what it was at, and makes a last checkpoint.
  void finish();

  // --- any thread ---
  // Refuses what cannot be: a relative path, one where something is, a second backup.
  Result<void> ask_backup(const std::filesystem::path& to);
  [[nodiscard]] net::BackupProgress backup() const;
  [[nodiscard]] ArchiveFigures figures() const;
  void wake() { wake_.notify(); }

 private:
  enum class Doing { kNothing, kScrub, kCheckpoint, kBackup };
  // Run once, on the journal's thread, which alone may give up.
  class GiveUp final : public bus::Job {
   public:
    explicit GiveUp(bus::Journal& journal) : journal_(journal) {}
    void push(std::string why) {
      why_ = std::move(why);
      journal_.push(*this);
    }

   private:
    void run_job() override { journal_.give_up(why_); }
    bus::Journal& journal_;
    std::string why_;
  };

  [[nodiscard]] std::uint64_t committed() const;
  bool begin_task();
  Result<void> begin_backup();
  void begin_checkpoint();
  void begin(Doing doing, std::unique_ptr<ArchiveTask> task);
  bool read_on();
  void take_slice();
  void damaged(const std::string& problem);
  void task_failed(const std::string& why);
  void task_done();
  void end_task();

  const Parts parts_;
  bus::Store& store_;  // its first link and its words; everything else of it is the journal's
  bus::Journal& journal_;
  bus::StreamSet& streams_;
  const std::size_t reader_;
  const bus::Clock& clock_;
  const std::uint64_t head_at_start_;
  bus::EventCount wake_;
  bus::Slice slice_;
  GiveUp give_up_;
  bool is_asked_ = false;
  Doing doing_ = Doing::kNothing;
  std::unique_ptr<ArchiveTask> task_;
  std::optional<bus::RowProof> proof_;
  std::int64_t began_ns_ = 0;
  std::optional<bus::Mark> trusted_;  // and not proved again yet
  std::optional<bus::Mark> kept_mark_;
  std::vector<std::byte> kept_state_;
  std::uint64_t checkpoint_tried_ = 0;  // the entry that the newest stands for, or that failed
  bool is_finishing_ = false;

  mutable std::mutex mutex_;  // held for a copy
  ArchiveFigures figures_;
  net::BackupProgress backup_;
  std::optional<std::filesystem::path> backup_asked_;
};

}  // namespace cairn
