#include "bus/core.hpp"

#include <sys/prctl.h>

#include "bus/quirks.hpp"

namespace cairn::bus {

namespace {
void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}
}  // namespace

Core::Core(std::size_t index, Exchange& exchange, ReaderEpochs& epochs, std::size_t queues,
           const Clock& clock, Poller& poller)
    : index_(index),
      exchange_(exchange),
      mailbox_(exchange.mailbox(index)),
      epochs_(epochs),
      clock_(clock),
      poller_(poller),
      queues_(queues),
      marks_(mailbox_.producers() * kPriorities) {}

bool Core::turn() {
  CAIRN_ASSERT(handler_ != nullptr);
  mailbox_.assert_mine();
  epochs_.acknowledge(index_);
  for (std::size_t producer = 0; producer < mailbox_.producers(); ++producer)
    for (std::size_t p = 0; p < kPriorities; ++p)
      marks_[producer * kPriorities + p] = mailbox_.from(producer, static_cast<Priority>(p)).published();
  bool busy = fold_committed();
  busy |= handler_->on_folded();
  busy |= take_messages();
  const std::size_t budget = strikes(Quirk::kHandlesOne) ? 1 : kMessagesPerTurn;
  busy |= queues_.serve(budget, [this](const Message& message) {
    if (!handler_->on_message(message)) return false;
    ++handled_[message.head().priority].delivered;
    return true;
  }) > 0;
  busy |= handler_->on_idle_work();
  busy |= run_jobs();
  flush();
  busy |= poller_.poll();
  flush();
  return busy || (queues_.length() > 0 && has_journal_credit());
}

bool Core::fold_committed() {
  Consumer& committed = mailbox_.committed();
  return committed.consume_to(committed.published(), ~std::size_t{0}, [this](const Message& message) {
    handler_->on_committed(message);
    return true;
  }) > 0;
}

bool Core::take_messages() {
  std::size_t taken = 0;
  for (std::size_t p = 0; p < kPriorities; ++p)
    for (std::size_t producer = 0; producer < mailbox_.producers(); ++producer)
      taken += mailbox_.from(producer, static_cast<Priority>(p))
                   .consume_to(marks_[producer * kPriorities + p], ~std::size_t{0},
                               [this](const Message& message) {
                                 return queues_.push(handler_->queue_of(message), message);
                               });
  return taken > 0;
}

bool Core::run_jobs() {
  mailbox_.assert_mine();
  Job* job = mailbox_.take_jobs();
  if (job == nullptr) return false;
  while (job != nullptr) {
    Job* next = JobList::next(*job);
    job->run_job();
    job = next;
  }
  return true;
}

void Core::run(const std::stop_token& stop, int processor) {
  mailbox_.enter();
  // A park ends when it is meant to, not up to 50 µs later.
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  Affinity affinity{processor};
  while (!stop.stop_requested())
    if (!turn()) wait(stop, affinity);
  mailbox_.leave();
}

// It has run dry: spin a bounded while if there is a processor for it, then park.
void Core::wait(const std::stop_token& stop, Affinity& affinity) {
  if (const std::int64_t now_ns = clock_.steady_ns(); waiting_.wants_sample(now_ns))
    if (waiting_.sample(now_ns, load_.look())) change_waiting(affinity);
  if (!spin()) park(stop);
}

void Core::change_waiting(Affinity& affinity) {
  if (waiting_.crowded()) return affinity.unpin();
  affinity.pin();
  waiting_.set_park_cost(measure_park_cost_ns());
}

// True if work came.
bool Core::spin() {
  const std::int64_t spin_ns = waiting_.spin_ns();
  if (spin_ns == 0) return false;
  const std::int64_t until_ns = clock_.steady_ns() + spin_ns;
  do {
    relax();
    if (!mailbox_.empty() || poller_.poll()) return true;
  } while (clock_.steady_ns() < until_ns);
  return false;
}

void Core::park(const std::stop_token& stop) {
  epochs_.park(index_);
  mailbox_.wake().park([&] { return mailbox_.empty() && !stop.stop_requested(); },
                       [&](int wake_fd) {
                         const std::int64_t from_ns = clock_.steady_ns();
                         poller_.park(wake_fd, handler_->park_ns_max());
                         waiting_.parked(clock_.steady_ns() - from_ns);
                       });
}

Claim Core::claim_record(std::size_t bytes) {
  mailbox_.assert_mine();
  return mailbox_.to_journal().claim(bytes);
}

void Core::publish_record(Claim&& claim CAIRN_TAKES(unconsumed)) {
  mailbox_.assert_mine();
  mailbox_.to_journal().publish(std::move(claim));
}

bool Core::has_journal_credit() {
  // A record may need as much again in padding at the ring's end; and a handler may emit one entry and one reply.
  mailbox_.assert_mine();
  if (strikes(Quirk::kNoJournalCredit)) return false;
  return mailbox_.to_journal().has_room(4 * kRecordCellsMax);
}

void Core::flush() {
  mailbox_.assert_mine();
  mailbox_.out().flush();
  if (mailbox_.to_journal().flush()) exchange_.journal().wake().notify();
}

Pressure Core::pressure() const {
  mailbox_.assert_mine();
  Pressure sum = mailbox_.out().pressure();
  sum += handled_;
  return sum;
}

}  // namespace cairn::bus
