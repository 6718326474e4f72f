#include "bus/core.hpp"

#include <algorithm>

namespace cairn::bus {

namespace {
void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}
}  // namespace

Core::Core(std::size_t index, Exchange& exchange, ReaderEpochs& epochs, std::size_t queues, const Clock& clock,
           Poller& poller)
    : index_(index),
      exchange_(exchange),
      mailbox_(exchange.mailbox(index)),
      epochs_(epochs),
      clock_(clock),
      poller_(poller),
      queues_(queues),
      marks_(exchange.cores() * kPriorities) {}

bool Core::turn() {
  CAIRN_ASSERT(handler_ != nullptr);
  mailbox_.assert_mine();
  epochs_.acknowledge(index_);
  for (std::size_t producer = 0; producer < cores(); ++producer)
    for (std::size_t p = 0; p < kPriorities; ++p)
      marks_[producer * kPriorities + p] = mailbox_.from(producer, static_cast<Priority>(p)).published();
  bool busy = fold_committed();
  busy |= handler_->on_folded();
  busy |= take_messages();
  busy |= queues_.serve(kMessagesPerTurn, [this](const Message& message) {
    if (!handler_->on_message(message)) return false;
    ++pressure_[message.head().priority].delivered;
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
    for (std::size_t producer = 0; producer < cores(); ++producer)
      taken += mailbox_.from(producer, static_cast<Priority>(p))
                   .consume_to(marks_[producer * kPriorities + p], ~std::size_t{0}, [this](const Message& message) {
                     return queues_.push(handler_->queue_of(message), message);
                   });
  return taken > 0;
}

bool Core::run_jobs() {
  Job* job = mailbox_.take_jobs();
  const bool any = job != nullptr;
  while (job != nullptr) {
    Job* next = JobList::next(*job);
    job->run_job();
    job = next;
  }
  return any;
}

void Core::run(const std::stop_token& stop) {
  mailbox_.enter();
  while (!stop.stop_requested()) {
    if (turn()) continue;
    const std::int64_t dry_ns = clock_.steady_ns();
    const std::int64_t spin_ns = waiting_.spin_ns(dry_ns);
    bool work = false;
    while (!work && clock_.steady_ns() - dry_ns < spin_ns) {
      relax();
      work = !mailbox_.empty() || poller_.poll();
    }
    if (!work) park();
  }
  mailbox_.leave();
}

void Core::park() {
  epochs_.park(index_);
  mailbox_.wake().park([this] { return mailbox_.empty(); },
                       [this](int wake_fd) { poller_.park(wake_fd, handler_->park_ns_max()); });
}

Claim Core::claim(std::size_t core, Priority priority, std::size_t bytes) {
  CAIRN_ASSERT(bytes <= kMessageBytesMax);
  mailbox_.assert_mine();
  Claim claim = mailbox_.to(core, priority).claim(bytes);
  if (claim) claim.head().priority = priority;
  return claim;
}

void Core::publish(std::size_t core, Priority priority, Claim&& claim CAIRN_TAKES(unconsumed)) {
  ++pressure_[priority].enqueued;
  mailbox_.assert_mine();
  mailbox_.to(core, priority).publish(std::move(claim));
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
  return mailbox_.to_journal().has_room(4 * kRecordCellsMax);
}

void Core::flush() {
  mailbox_.assert_mine();
  for (std::size_t core = 0; core < cores(); ++core) mailbox_.hand_over(core, exchange_.mailbox(core).wake());
  mailbox_.hand_over_to_journal(exchange_.journal().wake());
}

}  // namespace cairn::bus
