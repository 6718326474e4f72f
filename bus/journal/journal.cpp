#include "bus/journal/journal.hpp"

#include <algorithm>
#include <cstring>

#include "bus/heap_counter.hpp"
#include "bus/poller.hpp"
#include "bus/quirks.hpp"
#include "bus/stream/frame.hpp"

namespace cairn::bus {

namespace {
// Quiet for this long: time to move the write-ahead log into the database file.
constexpr std::int64_t kMaintenanceAfterNs = 20'000'000;
constexpr std::int64_t kParkNsMax = 500'000'000;
constexpr std::int64_t kMarkEveryNs = 1'000'000'000;
// While busy the log may grow to this before a commit is held up for moving it: about 32 MiB.
constexpr std::uint32_t kBusyCheckpointPages = 8'000;
// In each ring back and for each record, besides the entry itself: its answer, and padding at the ring's end.
constexpr std::size_t kCellsBeside = 2 * kMessageCellsMax;
}  // namespace

Journal::Journal(Store& store, Exchange& exchange, StreamSet& streams, EventEncoder& encoder,
                 const Clock& clock, Tell tell)
    : store_(store),
      exchange_(exchange),
      mailbox_(exchange.journal()),
      streams_(streams),
      encoder_(encoder),
      clock_(clock),
      committed_(store.head()),
      frame_(kFrameBytesMax),
      tell_(std::move(tell)) {
  batches_.reserve(exchange.cores());
  pending_.reserve(kRecordsPerCommit);
  records_.reserve(kRecordsPerCommit);
}

Result<void> Journal::replay(
    const std::optional<Mark>& behind,
    const std::function<Result<void>(std::uint64_t, std::span<const std::byte>)>& fold) {
  auto proved = store_.prove(behind, [&](const Record& record) -> Result<void> {
    // First whoever folds looks at it: an entry of another edition is refused before anything is made of it.
    if (auto folded = fold(record.sequence, record.body); !folded) return folded;
    for (const StreamOffset& given : record.offsets)
      given_.last(given.stream) = given.first + given.count - 1;
    publish_entry(record.sequence, record.body, record.offsets);
    return {};
  });
  if (proved) committed_ = store_.head();
  return proved;
}

bool Journal::restore(std::uint32_t stream, std::uint64_t first_offset, std::uint64_t last_offset,
                      std::span<const std::byte> frames) {
  StreamLog& log = streams_.log(stream);
  given_.last(stream) = last_offset;
  if (frames.empty()) {
    log.start_after(last_offset);
    return true;
  }
  std::uint64_t offset = first_offset;
  for (; !frames.empty(); ++offset) {
    const std::uint64_t bytes = frame_bytes(frames);
    if (bytes == 0 || bytes > frames.size() || bytes > kFrameBytesMax) return false;
    log.append(offset, frames.first(bytes));
    frames = frames.subspan(bytes);
  }
  return offset == last_offset + 1;
}

bool Journal::turn() {
  const bool drained = drain_and_commit();
  const bool ran = run_jobs();
  const bool read_back = serve_read_backs();
  flush_and_wake();
  maintain(strikes(Quirk::kCheckpointsNow) ? 0 : kBusyCheckpointPages);
  return drained || ran || read_back;
}

void Journal::maintain(std::uint32_t checkpoint_pages) {
  if (failed_) return;
  const std::int64_t now_ns = clock_.steady_ns();
  if (store_.wal_pages() > checkpoint_pages)
    if (const auto moved = store_.checkpoint(clock_, checkpoint_pages); !moved)
      return fail(moved.error().message);
  if (now_ns - mark_synced_ns_ < kMarkEveryNs) return;
  mark_synced_ns_ = now_ns;
  if (const auto synced = store_.sync_mark(); !synced) fail(synced.error().message);
}

void Journal::run(const std::stop_token& stop) {
  FdPoller poller;
  while (!stop.stop_requested()) {
    if (turn()) {
      idle_since_ns_ = 0;
      continue;
    }
    const std::int64_t now_ns = clock_.steady_ns();
    if (idle_since_ns_ == 0) idle_since_ns_ = now_ns;
    if (now_ns - idle_since_ns_ > kMaintenanceAfterNs) maintain(Store::kCheckpointPagesMin);
    mailbox_.wake().park([&] { return mailbox_.empty() && !stop.stop_requested(); },
                         [&](int wake_fd) {
                           poller.park(wake_fd, now_ns - idle_since_ns_ > kMaintenanceAfterNs
                                                    ? kParkNsMax
                                                    : kMaintenanceAfterNs);
                         });
  }
}

bool Journal::drain_and_commit() {
  for (std::size_t core = 0; core < exchange_.cores(); ++core) {
    Consumer& ring = mailbox_.from(core);
    const std::size_t most = strikes(Quirk::kCommitsOne) ? 1 : kRecordsPerCommit - pending_.size();
    batches_.emplace_back(ring).take_to(ring.published(), most,
                                        [&](const Message& message) { return collect(message, core); });
  }
  const bool any = !pending_.empty();
  if (any) {
    if (!failed_) commit();
    release_committed();
    flush_and_wake();
    if (!failed_) publish_events();
  }
  pending_.clear();
  offsets_.clear();
  cells_back_ = 0;
  batches_.clear();
  return any;
}

bool Journal::collect(const Message& message, std::size_t core) {
  const Head& head = message.head();
  if (static_cast<ToJournal>(head.kind) == ToJournal::kReadBack) {
    // What the dead actor emitted stands before this in the same ring, so it is committed before it is read
    // back.
    read_backs_.push_back({core, head.target, 1});
    return true;
  }
  const std::size_t cells = 2 * cells_for(head.bytes) + kCellsBeside;
  for (std::size_t c = 0; c < exchange_.cores(); ++c)
    if (!mailbox_.to(c).has_room(cells_back_ + cells)) return false;
  cells_back_ += cells;
  const auto body_bytes = static_cast<std::size_t>(head.operands[2]);
  Pending& pending =
      pending_.emplace_back(Pending{&head, message.bytes().first(body_bytes),
                                    message.bytes().subspan(body_bytes), core, 0, offsets_.size(), 0});
  if (static_cast<ToJournal>(head.kind) == ToJournal::kEntry) give_offsets(pending);
  return true;
}

void Journal::give_offsets(Pending& pending) {
  if (failed_) return;
  pending.sequence = ++committed_;
  scratch_streams_.clear();
  encoder_.streams_of(pending.sequence, pending.body, scratch_streams_);
  for (const std::uint32_t stream : scratch_streams_) given_.give(stream, pending.first_offset, offsets_);
  pending.offset_count = offsets_.size() - pending.first_offset;
}

void Journal::commit() {
  records_.clear();
  for (const Pending& pending : pending_)
    if (pending.sequence != 0)
      records_.push_back({pending.sequence, pending.body,
                          std::span{offsets_}.subspan(pending.first_offset, pending.offset_count)});
  if (records_.empty()) return;
  const std::int64_t start_ns = clock_.steady_ns();
  const Result<void> appended = store_.append(records_);
  if (!appended) return fail(appended.error().message);
  const std::int64_t took_ns = clock_.steady_ns() - start_ns;
  // relaxed, here and below: counters that this thread alone writes; readers want each whole, not together.
  commits_.store(commits_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  entries_.store(entries_.load(std::memory_order_relaxed) + records_.size(), std::memory_order_relaxed);
  commit_ns_total_.store(commit_ns_total_.load(std::memory_order_relaxed) + took_ns,
                         std::memory_order_relaxed);
  if (took_ns > commit_ns_max_.load(std::memory_order_relaxed))
    commit_ns_max_.store(took_ns, std::memory_order_relaxed);
  allocated_bytes_.store(thread_allocated_bytes().value_or(0), std::memory_order_relaxed);
}

void Journal::release_committed() {
  if (!failed_)
    for (const Pending& pending : pending_)
      if (pending.sequence != 0)
        for (std::size_t core = 0; core < exchange_.cores(); ++core)
          send(core, FromJournal::kCommitted, pending.sequence, pending.head, pending.body);
  // Entries reach every core before any answer does: whoever acts on an answer finds its cause folded.
  flush_and_wake();
  const FromJournal kind = failed_ ? FromJournal::kUndone : FromJournal::kAnswer;
  for (const Pending& pending : pending_) {
    const std::size_t waiter = core_of_waiter(pending.head->operands[0]);
    if (!pending.answer.empty() && waiter < exchange_.cores())
      send(waiter, kind, pending.sequence, pending.head, pending.answer);
  }
}

void Journal::publish_events() {
  std::uint64_t last = 0;
  for (const Pending& pending : pending_) {
    if (pending.sequence == 0) continue;
    publish_entry(pending.sequence, pending.body,
                  std::span{offsets_}.subspan(pending.first_offset, pending.offset_count));
    last = pending.sequence;
  }
  if (last != 0) tell_all(FromJournal::kPublished, last);
}

void Journal::publish_entry(std::uint64_t sequence, std::span<const std::byte> body,
                            std::span<const StreamOffset> offsets) {
  std::size_t event = 0;
  for (const StreamOffset& given : offsets)
    for (std::uint32_t i = 0; i < given.count; ++i, ++event) {
      const std::size_t bytes = encoder_.encode(sequence, body, event, given.first + i, frame_);
      streams_.log(given.stream).append(given.first + i, std::span{frame_}.first(bytes));
    }
  // relaxed: as above.
  events_.store(events_.load(std::memory_order_relaxed) + event, std::memory_order_relaxed);
}

void Journal::fail(const std::string& why) {
  tell_("the journal cannot write any more and the hunt is read-only from now on: " + why);
  failed_ = true;
  committed_ = store_.head();
  tell_all(FromJournal::kReadOnly, committed_);
}

void Journal::give_up(const std::string& why) {
  store_.give_up(why);
  if (!failed_) fail(why);
  flush_and_wake();
}

bool Journal::run_jobs() {
  Job* job = mailbox_.take_jobs();
  const bool any = job != nullptr;
  while (job != nullptr) {
    Job* next = JobList::next(*job);
    job->run_job();
    job = next;
  }
  return any;
}

bool Journal::serve_read_backs() {
  std::erase_if(read_backs_, [this](ReadBack& read_back) { return continue_read_back(read_back); });
  return !read_backs_.empty();
}

bool Journal::continue_read_back(ReadBack& read_back) {
  Producer& ring = mailbox_.to(read_back.core);
  if (!ring.has_room((kReadBackPerTurn + 1) * kMessageCellsMax)) return false;
  const std::uint64_t slice = strikes(Quirk::kReadsBackOne) ? 1 : kReadBackPerTurn;
  const std::uint64_t last = std::min(committed_, read_back.next + slice - 1);
  Head target;
  target.target = read_back.actor;
  bool full = false;
  const Result<void> read = store_.read(read_back.next, last, [&](const Record& record) -> Result<void> {
    if (!full && ring.has_room(2 * cells_for(record.body.size()) + kCellsBeside)) {
      send(read_back.core, FromJournal::kReadBack, record.sequence, &target, record.body);
      read_back.next = record.sequence + 1;
    } else {
      full = true;
    }
    return {};
  });
  if (!read) fail(read.error().message);
  if (full || read_back.next <= committed_) return !read;
  send(read_back.core, FromJournal::kReadBackDone, committed_, &target, {});
  return true;
}

void Journal::tell_all(FromJournal kind, std::uint64_t sequence) {
  for (std::size_t core = 0; core < exchange_.cores(); ++core) send(core, kind, sequence, nullptr, {});
}

void Journal::send(std::size_t core, FromJournal kind, std::uint64_t sequence, const Head* from,
                   std::span<const std::byte> bytes) {
  Producer& ring = mailbox_.to(core);
  Claim claim = ring.claim(bytes.size());
  // collect() took only what there was room for, so that this cannot be reached with a full ring.
  claim.require_room();
  Head& head = claim.head();
  head.kind = static_cast<std::uint16_t>(kind);
  head.sequence = sequence;
  if (from != nullptr) {
    head.source = from->source;
    head.target = from->target;
    head.intended_ns = from->intended_ns;
    head.operands = from->operands;
  }
  if (!bytes.empty()) std::memcpy(claim.bytes().data(), bytes.data(), bytes.size());
  ring.publish(std::move(claim));
}

void Journal::flush_and_wake() {
  for (std::size_t core = 0; core < exchange_.cores(); ++core)
    mailbox_.hand_over(core, exchange_.mailbox(core).wake());
}

JournalCounts Journal::counts() const {
  // relaxed: see commit().
  return {commits_.load(std::memory_order_relaxed),       entries_.load(std::memory_order_relaxed),
          events_.load(std::memory_order_relaxed),        commit_ns_total_.load(std::memory_order_relaxed),
          commit_ns_max_.load(std::memory_order_relaxed), allocated_bytes_.load(std::memory_order_relaxed)};
}

}  // namespace cairn::bus
