// The journal: the one place where what was decided becomes true. It drains every core's records, commits
// many in one transaction, and only then lets go: first entries to the cores that fold them, then answers to
// those who wait, and the events to their streams. A core is told when the streams have caught up.
//
// Owner: the program. Threads: run() is one thread's for life, and it alone writes the store and the streams;
// a test may call turn() from its one thread. Bounds: kRecordsPerCommit a transaction; it takes no record for
// which the rings back have no room, so it never waits for a core while it holds anything. When the store
// fails: nothing is acknowledged any more, every core is told once, and whatever was drained is answered as
// undone. A failed store is never tried again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "bus/clock.hpp"
#include "bus/journal/offset_counter.hpp"
#include "bus/journal/store.hpp"
#include "bus/mailbox.hpp"
#include "bus/result.hpp"
#include "bus/stream/stream_set.hpp"
#include "bus/tell.hpp"

namespace cairn::bus {

// Kinds in the rings from core to journal. operands: 0 and 1 name who waits for the answer (opaque, see
// below), 2 is the number of body bytes; the answer's bytes stand behind them.
enum class ToJournal : std::uint16_t {
  kEntry = 1,  // body to commit, then an answer to release (perhaps none)
  kAnswer,     // changed nothing, but may reveal what is not yet durable: an answer only
  kReadBack    // the actor `target` wants every entry so far
};

// Kinds in the rings from journal to core.
enum class FromJournal : std::uint16_t {
  kCommitted = 1,  // sequence, source = deciding core, body
  kAnswer,         // operands 0 and 1 as they came, answer
  kUndone,         // the same, for an answer whose entry could not be committed
  kPublished,      // the streams hold the events of everything through sequence
  kReadBack,       // for the actor `target`: sequence, body
  kReadBackDone,   // for the actor `target`: it has seen everything through sequence
  kReadOnly        // the store has failed
};

// The core that operand 0 of a waiting answer belongs to: its upper half.
constexpr std::size_t core_of_waiter(std::uint64_t operand) {
  return static_cast<std::size_t>(operand >> 32U);
}

// What an entry tells the streams. Stateless, handed in from above: bus/ knows no hunt.
class EventEncoder {
 public:
  virtual ~EventEncoder() = default;
  // Appends the stream of each event, in order.
  virtual void streams_of(std::uint64_t sequence, std::span<const std::byte> body,
                          std::vector<std::uint32_t>& streams) = 0;
  // Writes the index-th event as a whole frame; returns its bytes.
  virtual std::size_t encode(std::uint64_t sequence, std::span<const std::byte> body, std::size_t index,
                             std::uint64_t offset, std::span<std::byte> out) = 0;
};

struct JournalCounts {
  std::uint64_t commits = 0;
  std::uint64_t entries = 0;
  std::uint64_t events = 0;
  std::int64_t commit_ns_total = 0;
  std::int64_t commit_ns_max = 0;
  std::uint64_t allocated_bytes = 0;  // by the journal's thread, ever
};

class Journal {
 public:
  // tell: when the store has failed.
  Journal(Store& store, Exchange& exchange, StreamSet& streams, EventEncoder& encoder, const Clock& clock,
          Tell tell);

  // Before any loop runs: proves the store behind the entry `behind` (from the first one on: nothing), hands every entry
  // there to `fold` and fills the streams' windows.
  Result<void> replay(const std::optional<Mark>& behind,
                      const std::function<Result<void>(std::uint64_t, std::span<const std::byte>)>& fold);
  // Before that: what a stream told before, as a checkpoint has it: the window's frames up to the stream's last event.
  // False: these are no such frames.
  [[nodiscard]] bool restore(std::uint32_t stream, std::uint64_t first_offset, std::uint64_t last_offset,
                             std::span<const std::byte> frames);

  // One group commit; returns whether anything was done or is left to do.
  bool turn();
  void run(const std::stop_token& stop);
  void wake() { mailbox_.wake().notify(); }
  // From any thread: a job that the journal's thread runs between two commits.
  void push(Job& job) { mailbox_.push(job); }

  [[nodiscard]] std::uint64_t committed() const { return committed_; }
  [[nodiscard]] bool read_only() const { return failed_; }
  // Read by other threads for metrics: each field on its own is whole, together they may be a commit apart.
  [[nodiscard]] JournalCounts counts() const;
  // On the journal's thread, in a job: what was committed turned out to be damaged. Nothing more is written, as after an
  // error of the disk.
  void give_up(const std::string& why);

 private:
  friend class Slice;

  // One record on its way: views into the ring it came by, which is not released before the commit is over.
  struct Pending {
    const Head* head;
    std::span<const std::byte> body;
    std::span<const std::byte> answer;
    std::size_t core;
    std::uint64_t sequence;    // 0: an answer only
    std::size_t first_offset;  // in offsets_
    std::size_t offset_count;
  };
  struct ReadBack {
    std::size_t core;
    std::uint32_t actor;
    std::uint64_t next;
  };

  bool drain_and_commit();
  bool collect(const Message& message, std::size_t core);
  void give_offsets(Pending& pending);
  void commit();
  void release_committed();
  void publish_events();
  void publish_entry(std::uint64_t sequence, std::span<const std::byte> body,
                     std::span<const StreamOffset> offsets);
  void fail(const std::string& why);
  void maintain(std::uint32_t checkpoint_pages);
  bool run_jobs();
  bool serve_read_backs();
  bool continue_read_back(ReadBack& read_back);
  void tell_all(FromJournal kind, std::uint64_t sequence);
  void send(std::size_t core, FromJournal kind, std::uint64_t sequence, const Head* from,
            std::span<const std::byte> bytes);
  void flush_and_wake();

  Store& store_;
  Exchange& exchange_;
  JournalMailbox& mailbox_;
  StreamSet& streams_;
  EventEncoder& encoder_;
  const Clock& clock_;
  std::uint64_t committed_ = 0;
  bool failed_ = false;
  std::int64_t idle_since_ns_ = 0;
  std::int64_t mark_synced_ns_ = 0;
  std::vector<Batch> batches_;  // keeps the views of pending_ valid
  std::vector<Pending> pending_;
  std::vector<StreamOffset> offsets_;
  std::vector<Record> records_;
  std::vector<std::uint32_t> scratch_streams_;
  OffsetCounter given_;
  std::vector<ReadBack> read_backs_;
  std::size_t cells_back_ = 0;  // needed in each ring back by pending_
  std::vector<std::byte> frame_;
  const Tell tell_;
  // Written by the journal's thread alone.
  std::atomic<std::uint64_t> commits_{0};
  std::atomic<std::uint64_t> entries_{0};
  std::atomic<std::uint64_t> events_{0};
  std::atomic<std::int64_t> commit_ns_total_{0};
  std::atomic<std::int64_t> commit_ns_max_{0};
  std::atomic<std::uint64_t> allocated_bytes_{0};
};

}  // namespace cairn::bus
