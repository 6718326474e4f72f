#include "tools/bench/journal/waits.hpp"

#include <algorithm>
#include <cmath>

#include "bus/random.hpp"

namespace cairn::bench {

namespace {

constexpr double kNsPerSecond = 1e9;

double waited_us(const Wait& wait) { return static_cast<double>(wait.answered_ns - wait.due_ns) / 1e3; }

}  // namespace

std::vector<std::int64_t> due_times(double seconds, std::size_t count, std::uint64_t seed) {
  bus::SeededRandom random{seed};
  std::vector<std::int64_t> due(count);
  for (std::int64_t& one : due) {
    const double share = static_cast<double>(random.next() >> 11U) * 0x1p-53;  // of [0, 1)
    one = static_cast<std::int64_t>(share * seconds * kNsPerSecond);
  }
  std::ranges::sort(due);
  return due;
}

WaitFigures figures_of(std::span<const Wait> waits) {
  std::vector<double> sorted;
  sorted.reserve(waits.size());
  for (const Wait& wait : waits) sorted.push_back(waited_us(wait));
  std::ranges::sort(sorted);
  const auto count = static_cast<double>(sorted.size());
  // The smallest that `share` of all do not exceed.
  const auto at_share = [&](double share) {
    return sorted[static_cast<std::size_t>(std::max(1.0, std::ceil(share * count))) - 1];
  };
  WaitFigures figures{.p50 = at_share(0.5), .p99 = {}, .p99_9 = {}, .max = sorted.back()};
  if (count >= 100) figures.p99 = at_share(0.99);
  if (count >= 1'000) figures.p99_9 = at_share(0.999);
  return figures;
}

Split split_by(std::span<const Wait> waits, std::span<const Stretch> stretches) {
  Split split;
  for (const Wait& wait : waits) {
    const auto next = std::ranges::upper_bound(stretches, wait.due_ns, {}, &Stretch::to_ns);
    const bool fell_into_it = next != stretches.end() && next->from_ns < wait.answered_ns;
    (fell_into_it ? split.with : split.without).push_back(wait);
  }
  return split;
}

double longest_ms(std::span<const Stretch> stretches) {
  std::int64_t longest_ns = 0;
  for (const Stretch& stretch : stretches) longest_ns = std::max(longest_ns, stretch.to_ns - stretch.from_ns);
  return static_cast<double>(longest_ns) / 1e6;
}

}  // namespace cairn::bench
