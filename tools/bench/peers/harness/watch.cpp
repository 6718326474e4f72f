#include "tools/bench/peers/harness/watch.hpp"

#include <cstddef>

#include "tools/bench/peers/harness/process.hpp"

namespace cairn::bench {
namespace {

constexpr std::int64_t kLook_ns = 1'000'000;

}  // namespace

Run watch(const workload::Schedule& schedule, const Progress& progress, std::int64_t start_ns) {
  const workload::Sums whole = workload::expected(schedule);
  if (schedule.closed_loop()) {
    while (progress.events() < schedule.warm_events) sleep_until(now_ns() + kLook_ns);
  } else {
    sleep_until(start_ns + schedule.records[schedule.warm_events].intended_ns);
  }
  Run run;
  run.from = usage_now();
  const std::uint64_t before = progress.events();
  if (!schedule.closed_loop()) sleep_until(start_ns + schedule.records.back().intended_ns);
  while (progress.events() < whole.events + whole.triggers || progress.follow_ups() < whole.follow_ups)
    sleep_until(now_ns() + kLook_ns);
  run.to = usage_now();
  run.events_measured = progress.events() - before;
  run.resident_bytes =
      resident_bytes_most() - schedule.text_bytes.size() - schedule.records.size() * sizeof(workload::Record);
  return run;
}

}  // namespace cairn::bench
