#include <algorithm>
#include <optional>
#include <thread>

#include "bus/journal/sqlite.hpp"
#include "tools/bench/journal/run.hpp"
#include "tools/bench/peers/harness/process.hpp"

namespace cairn::bench {

namespace {

constexpr std::int64_t kSettleNs = 100'000'000;
// So long after the last was due, or as long as all were offered if that is less, it may go on with what is left.
constexpr std::int64_t kPatienceNs = 5'000'000'000;

// The settings of our journal (Database::open), but the log is moved when SQLite does it by itself.
class OneByOne {
 public:
  static Result<OneByOne> open(bus::FileLayer& files, const std::filesystem::path& path) {
    if (auto made = files.open(path, bus::FileLayer::Open::kKeep); !made)
      return bus::file_error("create", path, made.error());
    auto database = bus::Database::open(files, path);
    if (!database) return database.error();
    for (const char* sql : {"PRAGMA wal_autocheckpoint=1000",
                            "CREATE TABLE answers (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL)"})
      if (auto done = database->run(sql); !done) return done.error();
    OneByOne opened{*std::move(database)};
    if (auto prepared = opened.prepare(); !prepared) return prepared.error();
    return opened;
  }

  Result<void> put(std::size_t sequence, std::span<const std::byte> body) {
    if (auto begun = begin_.run(); !begun) return begun;
    insert_.bind_number(1, static_cast<std::int64_t>(sequence));
    insert_.bind_blob(2, body);
    if (auto inserted = insert_.run(); !inserted) return inserted;
    return commit_.run();
  }
  Result<std::int64_t> count() { return database_.number("SELECT count(*) FROM answers"); }

 private:
  explicit OneByOne(bus::Database database) : database_(std::move(database)) {}

  Result<void> prepare() {
    for (const auto& [statement, sql] :
         {std::pair{&begin_, "BEGIN IMMEDIATE"}, std::pair{&commit_, "COMMIT"},
          std::pair{&insert_, "INSERT INTO answers (sequence, body) VALUES (?, ?)"}}) {
      auto prepared = database_.prepare(sql);
      if (!prepared) return prepared.error();
      *statement = *std::move(prepared);
    }
    return {};
  }

  bus::Database database_;
  bus::Statement begin_;
  bus::Statement insert_;
  bus::Statement commit_;
};

Result<AnswerRun> commit_each(const AnswerLoad& load, const Bodies& bodies) {
  const bus::SystemClock clock;
  DiskWatch watch{clock};
  auto database = OneByOne::open(watch, load.scratch / "answers.db");
  if (!database) return database.error();
  wake_on_time();
  AnswerRun run;
  run.who = "SQLite, one by one";
  run.waits.resize(bodies.size());
  const std::vector<std::int64_t> due = due_times(load.seconds, bodies.size(), load.seed);
  const std::int64_t start_ns = clock.steady_ns() + kSettleNs;
  for (std::size_t i = 0; i < due.size(); ++i) run.waits[i].due_ns = start_ns + due[i];
  const std::int64_t patient_until_ns =
      run.waits.back().due_ns + std::min(kPatienceNs, static_cast<std::int64_t>(load.seconds * 1e9));
  static_cast<void>(watch.take_counts());
  const double cpu_us = thread_cpu_us();
  std::int64_t now_ns = clock.steady_ns();
  for (std::size_t i = 0; i < bodies.size() && now_ns < patient_until_ns; ++i, ++run.commits) {
    if (run.waits[i].due_ns > now_ns) sleep_until(run.waits[i].due_ns);
    if (auto put = database->put(i + 1, bodies[i]); !put) return put.error();
    now_ns = run.waits[i].answered_ns = clock.steady_ns();
  }
  run.cpu_us = thread_cpu_us() - cpu_us;
  run.disk = watch.take_counts();
  run.committed = run.commits;
  run.unanswered = bodies.size() - run.commits;
  run.seconds = static_cast<double>(now_ns - start_ns) / 1e9;
  for (std::size_t i = run.commits; i < bodies.size(); ++i) run.waits[i].answered_ns = now_ns;
  const Result<std::int64_t> kept = database->count();
  if (!kept) return kept.error();
  if (static_cast<std::uint64_t>(*kept) != run.commits)
    return failure("the peer kept " + std::to_string(*kept) + " of " + std::to_string(run.commits) +
                   " answers");
  return run;
}

}  // namespace

// On a thread of its own, as our journal: what it asks of its timers is nobody else's.
Result<AnswerRun> run_one_by_one(const AnswerLoad& load, const Bodies& bodies) {
  std::optional<Result<AnswerRun>> run;
  std::jthread{[&] { run.emplace(commit_each(load, bodies)); }}.join();
  return *std::move(run);
}

}  // namespace cairn::bench
