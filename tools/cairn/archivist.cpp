#include "tools/cairn/archivist.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "bus/assert.hpp"
#include "bus/limits.hpp"
#include "bus/poller.hpp"

namespace cairn {

namespace {

// How often it looks whether a checkpoint is due.
constexpr std::int64_t kLookEveryNs = 2'000'000'000;
constexpr int kNice = 10;

}  // namespace

Archivist::Archivist(Parts parts, bus::Store& store, bus::Journal& journal, bus::StreamSet& streams,
                     std::size_t reader, const bus::Clock& clock)
    : parts_(std::move(parts)),
      store_(store),
      journal_(journal),
      streams_(streams),
      reader_(reader),
      clock_(clock),
      head_at_start_(store.head()),
      slice_(journal, wake_),
      give_up_(journal) {}

Archivist::~Archivist() = default;

void Archivist::trusted(const bus::Mark& mark) {
  trusted_ = mark;
  checkpoint_tried_ = mark.sequence;
  figures_.checkpoint_sequence = mark.sequence;
  figures_.unproved = mark.sequence;
}

void Archivist::keep(const bus::Mark& mark, std::vector<std::byte> state) {
  kept_mark_ = mark;
  kept_state_ = std::move(state);
}

std::uint64_t Archivist::committed() const { return head_at_start_ + journal_.counts().entries; }

bool Archivist::turn() {
  if (is_asked_) {
    if (!slice_.is_ready()) return false;
    is_asked_ = false;
    take_slice();
    return true;
  }
  if (task_ == nullptr) return begin_task();
  if (read_on()) return true;
  const Result<bool> more = task_->work({.sequence = proof_->head(), .link = proof_->link()});
  if (!more)
    task_failed(more.error().message);
  else if (!*more)
    task_done();
  return true;
}

bool Archivist::read_on() {
  if (proof_->head() >= task_->through()) return false;
  is_asked_ = true;
  slice_.ask(proof_->head());
  return true;
}

void Archivist::take_slice() {
  if (task_ == nullptr) return;
  if (slice_.failure()) return damaged(slice_.failure()->message);
  const std::uint64_t end = std::min(task_->through(), proof_->head() + bus::kSliceRows);
  for (std::size_t i = 0; i < slice_.rows().size() && proof_->head() < end; ++i) {
    const auto record = proof_->prove(slice_.rows()[i]);
    if (!record) return damaged(record.error().message);
    if (const auto taken = task_->take(*record); !taken) return task_failed(taken.error().message);
  }
  if (proof_->head() < end) return damaged(proof_->damage("is missing").message);
  const std::lock_guard lock{mutex_};
  if (doing_ == Doing::kScrub) figures_.unproved = task_->through() - proof_->head();
  if (doing_ == Doing::kBackup) backup_.entries = proof_->head();
}

// --- what is to be done ---

bool Archivist::begin_task() {
  if (figures().is_damaged) return false;
  const bool backup = [this] {
    const std::lock_guard lock{mutex_};
    return backup_asked_.has_value();
  }();
  if (backup && !is_finishing_) {
    if (const auto begun = begin_backup(); !begun) task_failed(begun.error().message);
    return true;
  }
  const std::uint64_t due = is_finishing_ ? kCheckpointAtStop : parts_.checkpoint_every;
  if (kept_mark_ || committed() >= checkpoint_tried_ + due) {
    begin_checkpoint();
    return true;
  }
  if (!trusted_ || is_finishing_) return false;
  const bus::Mark first{.sequence = 0, .link = store_.first_link()};
  begin(Doing::kScrub, std::make_unique<Scrub>(first, std::exchange(trusted_, std::nullopt)->sequence));
  return true;
}

void Archivist::begin(Doing doing, std::unique_ptr<ArchiveTask> task) {
  doing_ = doing;
  task_ = std::move(task);
  proof_.emplace(task_->from().sequence, task_->from().link);
  began_ns_ = clock_.steady_ns();
}

// From what was kept of a long start, from the last checkpoint, or, when that is of no use, from the beginning.
void Archivist::begin_checkpoint() {
  auto fold = std::make_unique<Fold>(parts_.hunt);
  bus::Mark from{.sequence = 0, .link = store_.first_link()};
  std::uint64_t through = committed();
  if (kept_mark_) {
    from = *std::exchange(kept_mark_, std::nullopt);
    through = from.sequence;
    CAIRN_ASSERT(fold->load(kept_state_));
    kept_state_ = {};
  } else if (const auto last = bus::Checkpoint::load_state(*parts_.files, parts_.data, parts_.kind);
             last && last->mark().sequence > 0 && last->mark().sequence == figures().checkpoint_sequence) {
    if (fold->load(last->state()))
      from = last->mark();
    else
      fold = std::make_unique<Fold>(parts_.hunt);
  }
  checkpoint_tried_ = through;
  const MakeCheckpoint::Place place{parts_.files, parts_.data, parts_.kind, &streams_, reader_};
  begin(Doing::kCheckpoint, std::make_unique<MakeCheckpoint>(place, std::move(fold), from, through));
}

Result<void> Archivist::begin_backup() {
  doing_ = Doing::kBackup;
  MakeBackup::Place place{parts_.files, parts_.random, parts_.data, {}, parts_.beside, parts_.hunt->id};
  {
    const std::lock_guard lock{mutex_};
    place.to = *std::exchange(backup_asked_, std::nullopt);
  }
  auto task = MakeBackup::begin(std::move(place), {.sequence = 0, .link = store_.first_link()}, committed());
  if (!task) return std::move(task).error();
  begin(Doing::kBackup, *std::move(task));
  return {};
}

// --- how it ends ---

void Archivist::damaged(const std::string& problem) {
  give_up_.push(store_.damaged(problem).message);
  {
    const std::lock_guard lock{mutex_};
    figures_.is_damaged = true;
  }
  task_failed(problem);
}

void Archivist::task_failed(const std::string& why) {
  {
    const std::lock_guard lock{mutex_};
    if (doing_ == Doing::kBackup) {
      backup_.is_running = false;
      backup_.failure = why;
    }
    if (doing_ == Doing::kCheckpoint) ++figures_.checkpoints_failed;
  }
  if (doing_ == Doing::kCheckpoint)
    parts_.tell("no checkpoint was made, so the next start takes longer: " + why);
  end_task();
}

void Archivist::task_done() {
  {
    const std::lock_guard lock{mutex_};
    if (doing_ == Doing::kCheckpoint) {
      figures_.checkpoint_sequence = proof_->head();
      figures_.checkpoint_bytes = static_cast<const MakeCheckpoint&>(*task_).bytes();
      figures_.checkpoint_ns = clock_.steady_ns() - began_ns_;
    }
    if (doing_ == Doing::kBackup) backup_.is_running = false;
  }
  end_task();
}

void Archivist::end_task() {
  task_.reset();
  proof_.reset();
  doing_ = Doing::kNothing;
}

void Archivist::run(const std::stop_token& stop) {
  // Of this thread alone; should it be refused, the work is done all the same.
  static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice));
  bus::FdPoller poller;
  while (!stop.stop_requested()) {
    if (turn()) continue;
    const auto nothing_to_do = [&] {
      if (stop.stop_requested()) return false;
      if (is_asked_) return !slice_.is_ready();
      const std::lock_guard lock{mutex_};
      return !backup_asked_.has_value();
    };
    wake_.park(nothing_to_do, [&](int wake_fd) { poller.park(wake_fd, kLookEveryNs); });
  }
}

void Archivist::finish() {
  is_finishing_ = true;
  if (task_ != nullptr && doing_ != Doing::kCheckpoint) task_failed("the server was stopped");
  while (turn() || is_asked_) journal_.turn();
}

// --- any thread ---

Result<void> Archivist::ask_backup(const std::filesystem::path& to) {
  const std::filesystem::path path = to.lexically_normal();
  if (!path.is_absolute() || !path.has_filename())
    return failure("a backup needs the whole path of a directory that is still to be made");
  {
    const std::lock_guard lock{mutex_};
    if (backup_.is_running) return failure("a backup to " + backup_.to + " is being made: wait for it");
    if (figures_.is_damaged) return failure("the journal is damaged: there is nothing whole to copy");
    backup_ = {.is_running = true, .to = path.string(), .entries = 0, .failure = {}};
    backup_asked_ = path;
  }
  wake();
  return {};
}

net::BackupProgress Archivist::backup() const {
  const std::lock_guard lock{mutex_};
  return backup_;
}

ArchiveFigures Archivist::figures() const {
  const std::lock_guard lock{mutex_};
  return figures_;
}

}  // namespace cairn
