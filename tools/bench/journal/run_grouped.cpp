#include <algorithm>
#include <cmath>
#include <semaphore>
#include <string>

#include "actors/messages/entry.hpp"
#include "bus/affinity.hpp"
#include "tools/bench/journal/guess_book.hpp"
#include "tools/bench/journal/guess_feed.hpp"
#include "tools/bench/journal/run.hpp"
#include "tools/bench/peers/harness/process.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::bench {

namespace {

// Until the loops know how crowded the machine is.
constexpr std::int64_t kSettleNs = 1'500'000'000;
constexpr std::int64_t kLookEveryNs = 20'000'000;
// After the last guess was due; then something is wrong.
constexpr std::int64_t kPatienceNs = 60'000'000'000;
// So that a short run sees some: a checkpoint of state is due after as many entries as in production, or a third of the run.
constexpr std::uint64_t kCheckpointsPerRun = 3;

// Asks the journal's thread for the processor time that it has had so far.
class ThreadTime final : public bus::Job {
 public:
  double ask_us(bus::Journal& journal) {
    journal.push(*this);
    is_known_.acquire();
    return us_;
  }

 private:
  void run_job() override {
    us_ = thread_cpu_us();
    is_known_.release();
  }

  double us_ = 0;
  std::binary_semaphore is_known_{0};
};

// Looks now and then whether another checkpoint of state was made.
class CheckpointLog {
 public:
  explicit CheckpointLog(const Archivist& archivist)
      : archivist_(archivist), newest_(archivist.figures().checkpoint_sequence) {}

  void look(std::int64_t now_ns) {
    const ArchiveFigures figures = archivist_.figures();
    if (figures.checkpoint_sequence == newest_) return;
    newest_ = figures.checkpoint_sequence;
    // It ended some time since the last look.
    const std::int64_t from_ns = now_ns - kLookEveryNs - figures.checkpoint_ns;
    made_.push_back({made_.empty() ? from_ns : std::max(from_ns, made_.back().to_ns), now_ns});
  }
  std::vector<Stretch> take() { return std::move(made_); }

 private:
  const Archivist& archivist_;
  std::uint64_t newest_;
  std::vector<Stretch> made_;
};

class GroupedRun {
 public:
  explicit GroupedRun(const AnswerLoad& load) : load_(load), watch_(clock_), waits_(load.answers()) {}

  Result<AnswerRun> run(Bodies& bodies) {
    auto book = GuessBook::make(watch_, load_.scratch, load_.hunt, load_.teams, load_.seed);
    if (!book) return book.error();
    if (auto opened = open(*book); !opened) return opened.error();
    house_->run();
    Result<AnswerRun> run = play();
    house_.reset();
    if (!run) return run;
    if (auto proved = prove(bodies); !proved) return proved.error();
    return run;
  }

 private:
  Result<void> open(const GuessBook& book) {
    std::vector<bus::Poller*> pollers;
    for (std::size_t core = 0; core < load_.cores; ++core)
      pollers.push_back(feeds_
                            .emplace_back(std::make_unique<GuessFeed>(load_.hunt, book, clock_, waits_,
                                                                      progress_, core, load_.cores))
                            .get());
    HouseOptions parts;
    parts.hunt = load_.hunt;
    parts.data = load_.scratch;
    parts.files = &watch_;
    parts.cores = load_.cores;
    parts.cpus = bus::processors_given();
    parts.checkpoint_every =
        std::clamp<std::uint64_t>(load_.answers() / kCheckpointsPerRun, 1, kCheckpointEvery);
    auto house = House::open(std::move(parts), clock_, pollers);
    if (!house) return house.error();
    house_ = *std::move(house);
    for (std::size_t core = 0; core < load_.cores; ++core) {
      house_->attach(core, *feeds_[core]);
      feeds_[core]->attach(house_->shard(core));
    }
    if (auto replayed = house_->replay(); !replayed) return replayed;
    // Whatever is due of the evening itself, so that it falls into nobody's wait.
    while (house_->turn_archivist() || house_->turn_journal()) {
    }
    const std::vector<std::int64_t> due = due_times(load_.seconds, waits_.size(), load_.seed);
    start_ns_ = clock_.steady_ns() + kSettleNs;
    for (std::size_t i = 0; i < due.size(); ++i) waits_[i].due_ns = start_ns_ + due[i];
    for (const auto& feed : feeds_) feed->begin();
    return {};
  }

  Result<AnswerRun> play() {
    ThreadTime thread_time;
    CheckpointLog checkpoints{house_->archivist()};
    sleep_until(start_ns_ - kLookEveryNs);
    const bus::JournalCounts before = house_->journal().counts();
    const double cpu_us = thread_time.ask_us(house_->journal());
    static_cast<void>(watch_.take_counts());
    const std::int64_t patient_until_ns = waits_.back().due_ns + kPatienceNs;
    std::int64_t now_ns = clock_.steady_ns();
    for (; progress_.events() < waits_.size() && now_ns < patient_until_ns; now_ns = clock_.steady_ns()) {
      checkpoints.look(now_ns);
      sleep_until(now_ns + kLookEveryNs);
    }
    checkpoints.look(now_ns);
    AnswerRun run;
    run.who = "cairn";
    run.disk = watch_.take_counts();
    run.cpu_us = thread_time.ask_us(house_->journal()) - cpu_us;
    const bus::JournalCounts after = house_->journal().counts();
    house_->stop();
    if (progress_.events() < waits_.size() || progress_.follow_ups() > 0)
      return failure("of " + std::to_string(waits_.size()) + " wrong guesses " +
                     std::to_string(progress_.events()) + " were answered, " +
                     std::to_string(progress_.follow_ups()) + " of them with something else than \"wrong\"");
    run.commits = after.commits - before.commits;
    run.committed = after.entries - before.entries;
    run.state_checkpoints = checkpoints.take();
    run.seconds = static_cast<double>(last_answer_ns() - start_ns_) / 1e9;
    run.waits = std::move(waits_);
    return run;
  }

  [[nodiscard]] std::int64_t last_answer_ns() const {
    return std::ranges::max_element(waits_, {}, &Wait::answered_ns)->answered_ns;
  }

  // From the first entry on; and that each guess is there, once.
  Result<void> prove(Bodies& bodies) {
    auto store = bus::Store::open(watch_, bus::system_random(), load_.scratch, load_.hunt->id);
    if (!store) return store.error();
    bodies.clear();
    auto read = (*store)->read(1, (*store)->head(), [&](const bus::Record& record) -> Result<void> {
      const Result<actors::Entry> entry = actors::decode_entry(record.sequence, record.body);
      if (!entry) return entry.error();
      if (entry->kind == actors::EntryKind::kGuessDecided && entry->request_id.ends_with("-guess"))
        bodies.emplace_back(record.body.begin(), record.body.end());
      return {};
    });
    if (!read) return read;
    if (bodies.size() == load_.answers()) return {};
    return failure("the journal has " + std::to_string(bodies.size()) + " of " +
                   std::to_string(load_.answers()) + " guesses that were answered");
  }

  const AnswerLoad& load_;
  const bus::SystemClock clock_;
  DiskWatch watch_;
  Progress progress_;
  std::vector<Wait> waits_;
  std::vector<std::unique_ptr<GuessFeed>> feeds_;
  std::unique_ptr<House> house_;
  std::int64_t start_ns_ = 0;
};

}  // namespace

Result<AnswerRun> run_grouped(const AnswerLoad& load, Bodies& bodies) { return GroupedRun{load}.run(bodies); }

}  // namespace cairn::bench
