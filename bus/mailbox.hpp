// The mailbox of a core: its end of every ring that leads into it, its way out, the jobs from elsewhere, and its one
// wake-up. And the Exchange, which holds all rings, the mailboxes of all cores and of the journal, and the lanes: ways in
// for threads that are no core.
//
// A mailbox is a capability (annotations.hpp) that its core's loop holds: Clang refuses code that touches the rings of a
// mailbox it does not hold, and assert_mine() stops a thread that is not the loop's.
//
// Owner: the Exchange, which outlives every loop. Threads: any for push() and wake(), the core's loop for the rest; while
// no loop has entered, whoever sets up or tests. Bounds: limits.hpp. When full: as each ring says.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "bus/annotations.hpp"
#include "bus/assert.hpp"
#include "bus/cell.hpp"
#include "bus/event_count.hpp"
#include "bus/job_list.hpp"
#include "bus/limits.hpp"
#include "bus/outlet.hpp"
#include "bus/ring.hpp"

namespace cairn::bus {

class CAIRN_CAPABILITY("mailbox") Mailbox {
 public:
  Mailbox(std::size_t producers, std::size_t cores) : from_(producers), out_(cores) {}
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  // --- any thread ---
  // First the work, then the wake-up: here and wherever something is handed over.
  void push(Job& job) {
    jobs_.push(job);
    wake_.notify();
  }
  [[nodiscard]] EventCount& wake() { return wake_; }

  // --- the core's loop ---

  // Everything pushed so far; next() leads from each to the one after it.
  [[nodiscard]] Job* take_jobs() CAIRN_REQUIRES(this) {
    // A look costs a load; taking costs an exchange, which holds up everything behind it.
    return jobs_.empty() ? nullptr : jobs_.take();
  }

  // From here to leave() this mailbox is this thread's alone.
  void enter() {
    assert_mine();
    // relaxed, here and below: a thread always sees its own entering, and any other value makes it stop.
    loop_.store(&this_thread, std::memory_order_relaxed);
  }
  // relaxed: see enter(); what the loop did is made visible by joining its thread.
  void leave() { loop_.store(nullptr, std::memory_order_relaxed); }
  void assert_mine() const CAIRN_ASSERTS_CAPABILITY(this) {
    // relaxed: see enter().
    const void* loop = loop_.load(std::memory_order_relaxed);
    CAIRN_ASSERT(loop == nullptr || loop == &this_thread);
  }

  // From a core, itself included (it speaks to its own actors through a ring too, so that order is the same), or, behind
  // those, from a lane.
  [[nodiscard]] std::size_t producers() const { return from_.size(); }
  [[nodiscard]] Consumer& from(std::size_t producer, Priority priority) CAIRN_REQUIRES(this) {
    return *from_[producer][static_cast<std::size_t>(priority)];
  }
  // From the journal: committed records, replies, marks.
  [[nodiscard]] Consumer& committed() CAIRN_REQUIRES(this) { return *committed_; }
  [[nodiscard]] Outlet& out() CAIRN_REQUIRES(this) { return out_; }
  [[nodiscard]] Producer& to_journal() CAIRN_REQUIRES(this) { return *to_journal_; }
  // Whether there is nothing to do: the second look of EventCount::park().
  [[nodiscard]] bool empty() const {
    assert_mine();
    for (const auto& by_priority : from_)
      for (const Consumer* ring : by_priority)
        if (!ring->empty()) return false;
    return committed_->empty() && jobs_.empty();
  }

 private:
  friend class Exchange;
  static inline thread_local char this_thread = 0;  // only its address matters

  // Never written once the Exchange stands.
  std::vector<std::array<Consumer*, kPriorities>> from_;
  Consumer* committed_ = nullptr;
  Producer* to_journal_ = nullptr;
  // Written by the loop.
  Outlet out_;
  std::atomic<const void*> loop_{nullptr};
  // Written by any.
  JobList jobs_;
  EventCount wake_;
};

// The journal's: its end of the ring from and of the ring to every core.
class JournalMailbox {
 public:
  explicit JournalMailbox(std::size_t cores) : from_(cores), to_(cores) {}

  [[nodiscard]] Consumer& from(std::size_t core) { return *from_[core]; }
  [[nodiscard]] Producer& to(std::size_t core) { return *to_[core]; }
  // What was published for a core becomes its.
  void hand_over(std::size_t core, EventCount& reader) {
    if (to_[core]->flush()) reader.notify();
  }
  [[nodiscard]] EventCount& wake() { return wake_; }
  // From any thread, as Mailbox::push().
  void push(Job& job) {
    jobs_.push(job);
    wake_.notify();
  }
  [[nodiscard]] Job* take_jobs() { return jobs_.empty() ? nullptr : jobs_.take(); }
  // Whether there is nothing to do: the second look of EventCount::park().
  [[nodiscard]] bool empty() const {
    for (const Consumer* ring : from_)
      if (!ring->empty()) return false;
    return jobs_.empty();
  }

 private:
  friend class Exchange;
  std::vector<Consumer*> from_;
  std::vector<Producer*> to_;
  JobList jobs_;
  EventCount wake_;
};

// How large the rings are: not a setting, but a test takes tiny ones, which it laps often.
struct RingCells {
  std::size_t command = kCommandRingCells;
  std::size_t to_journal = kToJournalRingCells;
  std::size_t from_journal = kFromJournalRingCells;
};

class Exchange {
 public:
  explicit Exchange(std::size_t cores, std::size_t lanes = 0, RingCells cells = {})
      : cells_(cells), journal_(cores) {
    CAIRN_ASSERT(cores > 0 && cores <= kCoresMax);
    for (std::size_t i = 0; i < cores; ++i)
      mailboxes_.push_back(std::make_unique<Mailbox>(cores + lanes, cores));
    for (std::size_t i = 0; i < lanes; ++i) lanes_.push_back(std::make_unique<Outlet>(cores));
    for (std::size_t reader = 0; reader < cores; ++reader) {
      for (std::size_t writer = 0; writer < cores; ++writer)
        connect(mailboxes_[writer]->out_, writer, reader);
      for (std::size_t lane = 0; lane < lanes; ++lane) connect(*lanes_[lane], cores + lane, reader);
      connect_journal(reader);
    }
  }

  [[nodiscard]] std::size_t cores() const { return mailboxes_.size(); }
  [[nodiscard]] Mailbox& mailbox(std::size_t core) { return *mailboxes_[core]; }
  [[nodiscard]] JournalMailbox& journal() { return journal_; }
  // One thread's, for life.
  [[nodiscard]] Outlet& lane(std::size_t lane) { return *lanes_[lane]; }

 private:
  // Every ring has one end at each side, so each is asked for here and in connect_journal() and nowhere else.
  void connect(Outlet& out, std::size_t writer, std::size_t reader) {
    Mailbox& mailbox = *mailboxes_[reader];
    for (std::size_t p = 0; p < kPriorities; ++p) {
      Ring& ring = make_ring(cells_.command);
      out.ends_[reader].rings[p] = &ring.producer();
      mailbox.from_[writer][p] = &ring.consumer();
    }
    if (writer != reader) out.ends_[reader].wake = &mailbox.wake();
  }

  void connect_journal(std::size_t core) {
    Mailbox& mailbox = *mailboxes_[core];
    Ring& records = make_ring(cells_.to_journal);
    mailbox.to_journal_ = &records.producer();
    journal_.from_[core] = &records.consumer();
    Ring& committed = make_ring(cells_.from_journal);
    journal_.to_[core] = &committed.producer();
    mailbox.committed_ = &committed.consumer();
  }

  Ring& make_ring(std::size_t cells) { return *rings_.emplace_back(std::make_unique<Ring>(cells)); }

  const RingCells cells_;
  std::vector<std::unique_ptr<Ring>> rings_;
  std::vector<std::unique_ptr<Mailbox>> mailboxes_;
  std::vector<std::unique_ptr<Outlet>> lanes_;
  JournalMailbox journal_;
};

}  // namespace cairn::bus
