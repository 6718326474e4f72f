#include "tools/bench/journal/journal.hpp"

#include <linux/magic.h>
#include <stdlib.h>
#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "bus/affinity.hpp"
#include "config/load/loader.hpp"
#include "tools/bench/journal/guess_book.hpp"
#include "tools/bench/journal/report.hpp"
#include "tools/bench/journal/run.hpp"
#include "tools/cairn/fail.hpp"

namespace cairn::bench {

namespace {

// A fresh directory that goes with whoever made it.
class Scratch {
 public:
  static Result<Scratch> make(const std::filesystem::path& in) {
    std::error_code refused;
    std::filesystem::create_directories(in, refused);
    std::string made = (in / "bench-journal-XXXXXX").string();
    if (refused || ::mkdtemp(made.data()) == nullptr)
      return failure("cannot make a directory in " + in.string() + ": " +
                     (refused ? refused : std::error_code{errno, std::generic_category()}).message());
    return Scratch{made};
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch() {
    std::error_code kept;
    if (!path_.empty()) std::filesystem::remove_all(path_, kept);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit Scratch(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

bool is_in_memory(const std::filesystem::path& path) {
  struct statfs on {};
  return ::statfs(path.c_str(), &on) == 0 && on.f_type == TMPFS_MAGIC;
}

Result<DiskFloor> measure_floor(const std::filesystem::path& in) {
  constexpr std::size_t kSyncs = 100;
  const std::filesystem::path path = in / "floor";
  auto file = bus::system_files().open(path, bus::FileLayer::Open::kReplace);
  if (!file) return bus::file_error("create", path, file.error());
  const bus::SystemClock clock;
  const std::array<std::byte, 4096> page{};
  std::vector<Wait> waits(kSyncs);
  for (std::size_t i = 0; i < kSyncs; ++i) {
    waits[i].due_ns = clock.steady_ns();
    if (auto put = (*file)->write(i * page.size(), page); !put)
      return bus::file_error("write", path, put.error());
    if (auto synced = (*file)->sync_content(); !synced) return bus::file_error("sync", path, synced.error());
    waits[i].answered_ns = clock.steady_ns();
  }
  const WaitFigures figures = figures_of(waits);
  return DiskFloor{.p50_us = figures.p50, .max_us = figures.max};
}

Result<RateRuns> run_rate(AnswerLoad load, const std::filesystem::path& in) {
  RateRuns rate{.rate = load.rate, .body_bytes = 0, .runs = {}};
  Bodies bodies;
  for (const bool is_grouped : {true, false}) {
    // Each in a directory of its own, gone before the next begins.
    auto scratch = Scratch::make(in);
    if (!scratch) return scratch.error();
    load.scratch = scratch->path();
    // The disk of a shared machine changes from one minute to the next.
    auto floor = measure_floor(in);
    if (!floor) return floor.error();
    auto run = is_grouped ? run_grouped(load, bodies) : run_one_by_one(load, bodies);
    if (!run) return run.error();
    run->floor = *floor;
    rate.runs.push_back(*std::move(run));
  }
  for (const auto& body : bodies) rate.body_bytes += static_cast<double>(body.size());
  rate.body_bytes /= static_cast<double>(bodies.size());
  return rate;
}

}  // namespace

int bench_journal(const JournalOptions& options) {
  const config::LoadedHunt loaded = config::load_hunt(options.hunt);
  if (!loaded.hunt) return tools::fail("the hunt in " + options.hunt + " has errors: see `cairn check`");
  for (const double rate : options.rates)
    if (rate * options.seconds < 1)
      return tools::fail("at the lowest rate not one answer is due in so short a time");
  auto scratch = Scratch::make(options.data);
  if (!scratch) return tools::fail(scratch.error().message);
  if (is_in_memory(scratch->path()))
    std::fprintf(stderr, "cairn bench: %s is in memory, where a sync costs nothing: no disk is measured\n",
                 options.data.c_str());
  AnswerLoad load;
  load.hunt = GuessBook::made_for_guessing(*loaded.hunt);
  load.seconds = options.seconds;
  load.teams = std::min<std::size_t>(options.teams, load.hunt->teams_max);
  load.cores = options.cores > 0 ? options.cores : bus::processors_given().size();
  load.seed = options.seed;
  std::vector<RateRuns> rates;
  for (const double rate : options.rates) {
    load.rate = rate;
    auto runs = run_rate(load, scratch->path());
    if (!runs) return tools::fail(runs.error().message);
    rates.push_back(*std::move(runs));
  }
  std::fputs((options.json ? to_line(rates) : to_tables(rates)).c_str(), stdout);
  return 0;
}

}  // namespace cairn::bench
