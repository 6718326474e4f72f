// A core's loop: always the same turn, then a bounded spin, then park.
//
// A turn notes where its command rings end, then where the journal's ring ends, folds the journal's records up to there,
// and only then handles those commands: so no guess overtakes the unlock that it answers, since whatever a player was
// told before he sent it had been put into this core's ring before.
//
// Owner: the program. Threads: run() is one thread's for life; a test may call turn() of many cores from one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "bus/affinity.hpp"
#include "bus/clock.hpp"
#include "bus/mailbox.hpp"
#include "bus/poller.hpp"
#include "bus/pressure.hpp"
#include "bus/run_queues.hpp"
#include "bus/stream/reader_epochs.hpp"
#include "bus/thread_load.hpp"
#include "bus/waiting.hpp"

namespace cairn::bus {

// What lives on a core. Called on the core's loop only.
class CoreHandler {
 public:
  virtual ~CoreHandler() = default;
  // A record from the journal, in its order.
  virtual void on_committed(const Message& message) = 0;
  // Every record that was there at the turn's start was folded. True while there is more to do at once.
  virtual bool on_folded() = 0;
  // Which run queue a message waits in, 0 … queues-1.
  virtual std::size_t queue_of(const Message& message) = 0;
  // A message, in its queue's turn. False: it cannot be handled now (no journal credit), ask again next turn.
  virtual bool on_message(const Message& message) = 0;
  // Reactions and timers, within a budget. True while there is more to do at once.
  virtual bool on_idle_work() = 0;
  // Before the loop parks: at most how long, in nanoseconds.
  virtual std::int64_t park_ns_max() = 0;
};

class Core {
 public:
  // epochs: of the streams that are read here; a turn acknowledges, a park leaves them.
  Core(std::size_t index, Exchange& exchange, ReaderEpochs& epochs, std::size_t queues, const Clock& clock,
       Poller& poller);

  void attach(CoreHandler& handler) { handler_ = &handler; }

  // One turn; returns whether anything was done or is left to do.
  bool turn();
  // Turns until stopped; wake() afterwards makes a parked loop see the stop. While there are processors to spare the thread
  // is pinned to `processor` and spins before it parks.
  void run(const std::stop_token& stop, int processor = kAnyProcessor);
  void wake() { mailbox_.wake().notify(); }
  // What other threads have given to this core, as a turn does it; once the loop has ended, also whoever ends what lives
  // here. Returns whether there was anything.
  bool run_jobs();

  // Folds what the journal has committed, and nothing else: when the loop has ended, so that what lives here is where the
  // journal is.
  void fold_rest() {
    mailbox_.assert_mine();
    fold_committed();
  }

  // --- for what lives here: sending ---

  // What is published is handed over at the turn's end.
  [[nodiscard]] Outlet& out() {
    mailbox_.assert_mine();
    return mailbox_.out();
  }
  // Room for one record of any size in the journal's ring: without it nothing is decided.
  [[nodiscard]] bool has_journal_credit();
  [[nodiscard]] Claim claim_record(std::size_t bytes);
  void publish_record(Claim&& claim CAIRN_TAKES(unconsumed));
  // Hands over everything published and wakes who must see it. Called at the end of each turn.
  void flush();

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] std::size_t cores() const { return exchange_.cores(); }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] Mailbox& mailbox() { return mailbox_; }
  // What was sent and handled here.
  [[nodiscard]] Pressure pressure() const;
  [[nodiscard]] const Waiting& waiting() const { return waiting_; }
  [[nodiscard]] std::size_t queued() const { return queues_.length(); }

 private:
  bool fold_committed() CAIRN_REQUIRES(mailbox_);
  bool take_messages() CAIRN_REQUIRES(mailbox_);
  void wait(const std::stop_token& stop, Affinity& affinity);
  void change_waiting(Affinity& affinity);
  bool spin();
  void park(const std::stop_token& stop);

  const std::size_t index_;
  Exchange& exchange_;
  Mailbox& mailbox_;
  ReaderEpochs& epochs_;
  const Clock& clock_;
  Poller& poller_;
  CoreHandler* handler_ = nullptr;
  RunQueues queues_;
  Pressure handled_;  // delivered only
  ThreadLoadSource load_;
  Waiting waiting_;
  std::vector<std::uint64_t> marks_;  // of the command rings, noted at the turn's start
};

}  // namespace cairn::bus
