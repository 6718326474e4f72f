// That `cairn bench journal` computes what it tells: shares of waits, what fell into which wait, and what was done to the
// disk.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "bus/journal/store.hpp"
#include "bus/random.hpp"
#include "tools/bench/journal/disk_watch.hpp"
#include "tools/bench/journal/report.hpp"
#include "tools/bench/journal/waits.hpp"

namespace cairn::bench {
namespace {

// Waits of 1, 2, 3 … µs, each due 1 ms after the one before.
std::vector<Wait> growing_waits(std::int64_t count) {
  std::vector<Wait> waits;
  for (std::int64_t i = 1; i <= count; ++i) waits.push_back({i * 1'000'000, i * 1'000'000 + i * 1'000});
  return waits;
}

class Scratch {
 public:
  Scratch() {
    std::string made = (std::filesystem::temp_directory_path() / "cairn-bench-XXXXXX").string();
    REQUIRE(::mkdtemp(made.data()) != nullptr);
    path = made;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

TEST_CASE("a share is the smallest wait that so many do not exceed") {
  const WaitFigures figures = figures_of(growing_waits(1'000));
  CHECK(figures.p50 == 500);
  CHECK(figures.p99 == 990);
  CHECK(figures.p99_9 == 999);
  CHECK(figures.max == 1'000);
}

TEST_CASE("too few waits tell no rare ones") {
  const WaitFigures few = figures_of(growing_waits(99));
  CHECK(few.p50 == 50);
  CHECK_FALSE(few.p99);
  CHECK_FALSE(few.p99_9);
  CHECK(few.max == 99);
}

TEST_CASE("guesses come in order, by chance, and spread over the time there is") {
  constexpr std::int64_t kNsPerSecond = 1'000'000'000;
  const std::vector<std::int64_t> due = due_times(100, 10'000, 7);
  CHECK(due.size() == 10'000);
  CHECK(std::ranges::is_sorted(due));
  CHECK(due.front() >= 0);
  CHECK(due.back() < 100 * kNsPerSecond);
  // Of so many in each quarter, give or take five deviations.
  for (std::int64_t quarter = 0; quarter < 4; ++quarter) {
    const auto here = std::ranges::count_if(
        due, [&](std::int64_t at_ns) { return at_ns / (25 * kNsPerSecond) == quarter; });
    CHECK(std::abs(here - 2'500) < 220);
  }
  CHECK(due == due_times(100, 10'000, 7));
  CHECK(due != due_times(100, 10'000, 8));
}

TEST_CASE("a checkpoint counts for the waits that it fell into, and for no other") {
  const std::array waits{Wait{100, 1'100}, Wait{2'000, 5'000}, Wait{6'000, 6'500}};
  const auto fell_into = [&](std::vector<Stretch> made) {
    const Split split = split_by(waits, made);
    CHECK(split.with.size() + split.without.size() == waits.size());
    std::vector<std::int64_t> due;
    for (const Wait& wait : split.with) due.push_back(wait.due_ns);
    return due;
  };
  using Due = std::vector<std::int64_t>;
  CHECK(fell_into({}) == Due{});
  CHECK(fell_into({{4'999, 5'500}}) == Due{2'000});
  CHECK(fell_into({{5'000, 6'000}}) == Due{});  // between two waits
  CHECK(fell_into({{0, 101}, {6'499, 9'000}}) == Due{100, 6'000});
  CHECK(fell_into({{3'000, 3'001}, {3'002, 3'003}}) == Due{2'000});
  CHECK(fell_into({{0, 9'000}}) == Due{100, 2'000, 6'000});
  CHECK(longest_ms(std::array{Stretch{0, 101}, Stretch{1'000, 2'001'000}}) == 2.0);
}

TEST_CASE("what is done to the disk is counted, and a moved log is noticed") {
  const Scratch scratch;
  const bus::SystemClock clock;
  DiskWatch watch{clock};
  bus::SeededRandom random{1};
  auto store = bus::Store::open(watch, random, scratch.path / "data", "hunt");
  REQUIRE(store.has_value());
  static_cast<void>(watch.take_counts());
  constexpr std::uint64_t kCommits = 30;
  const std::array<std::byte, 300> body{};
  for (std::uint64_t i = 1; i <= kCommits; ++i) {
    const std::array records{bus::Record{.sequence = i, .body = body, .offsets = {}}};
    REQUIRE((*store)->append(records).has_value());
  }
  const DiskCounts committed = watch.take_counts();
  // One for each commit; a log that begins anew has its head synced too.
  CHECK(committed.syncs >= kCommits);
  CHECK(committed.syncs <= kCommits + 1);
  CHECK(committed.bytes_written > kCommits * body.size());
  CHECK(committed.log_moves.empty());
  const std::int64_t before_ns = clock.steady_ns();
  const auto moved = (*store)->checkpoint(clock, 1);
  REQUIRE(moved.has_value());
  REQUIRE(moved->pages_moved > 0);
  const DiskCounts checkpointed = watch.take_counts();
  REQUIRE(checkpointed.log_moves.size() == 1);
  CHECK(checkpointed.log_moves[0].from_ns >= before_ns);
  CHECK(checkpointed.log_moves[0].to_ns <= clock.steady_ns());
  // Whole pages, each once, however often the log has it.
  CHECK(checkpointed.bytes_written >= 4096);
  CHECK(checkpointed.bytes_written <= std::uint64_t{moved->pages_moved} * 4096);
  CHECK(checkpointed.bytes_written % 4096 == 0);
  CHECK(watch.take_counts().syncs == 0);
}

TEST_CASE("who fell behind is told with what was left unanswered") {
  AnswerRun run;
  run.who = "slow";
  run.waits = growing_waits(100);
  run.floor = {.p50_us = 150, .max_us = 200};
  run.unanswered = 60;
  run.commits = run.committed = 40;
  run.seconds = 2;
  run.cpu_us = 80;
  run.disk.syncs = 50;
  run.disk.sync_ns_max = 7'000;
  run.disk.bytes_written = 4'000;
  run.disk.log_moves = {{9'999'000, 10'001'000}};  // into the tenth wait
  const std::vector<RateRuns> rates{{.rate = 50, .body_bytes = 120, .runs = {run}}};
  const std::string tables = to_tables(rates);
  CHECK(tables.find(
            "| 50 | slow | 40 of 100 | 50 | 99 | – | 100 | 1.0 | 20.0 | 25.0 | 7 | 150 | 2.0 | 100 |") !=
        std::string::npos);
  CHECK(tables.find("| 50 | slow | log into database | 1 | 0.0 | 99 | – | 100 | 1 | – | 10 |") !=
        std::string::npos);
  const std::string line = to_line(rates);
  CHECK(line.find(R"("answered":40,"unanswered":60,"seconds":2.000,"entry_bytes":120.000)") !=
        std::string::npos);
  CHECK(line.find(R"({"answers":100,"p50":50.000,"p99":99.000,"p99_9":null,"max":100.000})") !=
        std::string::npos);
}

}  // namespace
}  // namespace cairn::bench
