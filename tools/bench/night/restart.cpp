#include "tools/bench/night/restart.hpp"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "bus/clock.hpp"
#include "bus/poller.hpp"
#include "config/load/loader.hpp"
#include "tools/bench/night/night.hpp"
#include "tools/bench/night/view_only.hpp"
#include "tools/cairn/fail.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::bench {

namespace {

class Stopwatch {
 public:
  // Since it was made, or since the last call.
  double seconds() {
    const std::int64_t now_ns = clock_.steady_ns();
    const std::int64_t before_ns = std::exchange(since_ns_, now_ns);
    return static_cast<double>(now_ns - before_ns) / 1e9;
  }

 private:
  bus::SystemClock clock_;
  std::int64_t since_ns_ = clock_.steady_ns();
};

double resident_mib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

Result<void> make_journal(const RestartOptions& options, const std::shared_ptr<const config::Hunt>& hunt) {
  bus::SystemRandom random;
  auto store = bus::Store::open(bus::system_files(), random, options.data, hunt->id);
  if (!store) return store.error();
  Night night{hunt, {.seed = options.seed}};
  return night.write(**store, options.entries);
}

int measure(const RestartOptions& options, const std::shared_ptr<const config::Hunt>& hunt,
            double made_seconds) {
  const bus::SystemClock clock;
  std::vector<std::unique_ptr<bus::FdPoller>> owned;
  std::vector<bus::Poller*> pollers;
  std::vector<std::unique_ptr<ViewOnly>> views;
  for (std::size_t core = 0; core < options.cores; ++core) {
    pollers.push_back(owned.emplace_back(std::make_unique<bus::FdPoller>()).get());
    views.push_back(std::make_unique<ViewOnly>(hunt));
  }
  HouseOptions parts;
  parts.hunt = hunt;
  parts.data = options.data;
  parts.cores = options.cores;
  Stopwatch watch;
  auto house = House::open(std::move(parts), clock, pollers);
  if (!house) return tools::fail(house.error().message);
  const double open_seconds = watch.seconds();
  for (std::size_t core = 0; core < options.cores; ++core) (*house)->attach(core, *views[core]);
  if (const auto replayed = (*house)->replay(); !replayed) return tools::fail(replayed.error().message);
  const double replay_seconds = watch.seconds();
  const double mib = resident_mib();
  actors::StateWriter state;
  (*house)->save_state(state);
  watch.seconds();
  const auto let_archivist_work = [&] {
    while ((*house)->turn_archivist() || (*house)->turn_journal()) {
    }
    return watch.seconds();
  };
  const double archivist_seconds = options.checkpoint == "make" ? let_archivist_work() : 0;
  double backup_seconds = 0;
  if (!options.backup.empty()) {
    if (const auto asked = (*house)->archivist().ask_backup(options.backup); !asked)
      return tools::fail(asked.error().message);
    backup_seconds = let_archivist_work();
    if (const std::string why = (*house)->archivist().backup().failure; !why.empty()) return tools::fail(why);
  }
  const ArchiveFigures archive = (*house)->archivist().figures();
  std::printf(
      "{\"entries\":%llu,\"made_seconds\":%.2f,\"journal_mib\":%.0f,\"open_seconds\":%.3f,\"replay_seconds\":"
      "%.3f,"
      "\"start_seconds\":%.3f,\"replayed\":%llu,\"rss_mib\":%.0f,\"state_mib\":%.1f,\"state_hash\":\"%s\","
      "\"archivist_seconds\":%.2f,\"checkpoint_mib\":%.1f,\"unproved\":%llu,\"backup_seconds\":%.2f}\n",
      static_cast<unsigned long long>((*house)->journal().committed()), made_seconds,
      static_cast<double>(std::filesystem::file_size(std::filesystem::path{options.data} / "journal.db")) /
          1048576,
      open_seconds, replay_seconds, open_seconds + replay_seconds,
      static_cast<unsigned long long>((*house)->replayed()), mib,
      static_cast<double>(state.bytes().size()) / 1048576, actors::state_hash(state.bytes()).c_str(),
      archivist_seconds, static_cast<double>(archive.checkpoint_bytes) / 1048576,
      static_cast<unsigned long long>(archive.unproved), backup_seconds);
  return 0;
}

}  // namespace

int bench_restart(const RestartOptions& options) {
  const config::LoadedHunt loaded = config::load_hunt(options.hunt);
  if (!loaded.hunt) return tools::fail("the hunt in " + options.hunt + " has errors: see `cairn check`");
  if (options.checkpoint == "none")
    std::filesystem::remove(std::filesystem::path{options.data} / "journal.checkpoint");
  Stopwatch watch;
  if (!std::filesystem::exists(std::filesystem::path{options.data} / "journal.db"))
    if (const auto made = make_journal(options, loaded.hunt); !made) return tools::fail(made.error().message);
  return measure(options, loaded.hunt, watch.seconds());
}

}  // namespace cairn::bench
