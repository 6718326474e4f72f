#include "tools/bench/journal/waits.hpp"

#include <algorithm>
#include <cmath>

#include "bus/random.hpp"

namespace cairn::bench {

namespace {

constexpr double kNsPerSecond = 1e9;

double waited_us(const Wait& wait) { return static_cast<double>(wait.answered_ns - wait.due_ns) / 1e3; }

}  // namespace

std::vector<std::int64_t> due_times(double rate, std::size_t count, std::uint64_t seed) {
  bus::SeededRandom random{seed};
  std::vector<std::int64_t> due(count);
  double at_ns = 0;
  for (std::int64_t& one : due) {
    // From (0, 1]: its logarithm is finite.
    const double chance = (static_cast<double>(random.next() >> 11U) + 1) * 0x1p-53;
    at_ns -= std::log(chance) * kNsPerSecond / rate;
    one = static_cast<std::int64_t>(at_ns);
  }
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

Slowest slowest_of(std::span<const Wait> waits, std::span<const Stretch> stretches) {
  Slowest slowest;
  for (const Wait& wait : waits) {
    const auto next = std::ranges::upper_bound(stretches, wait.due_ns, {}, &Stretch::to_ns);
    const bool fell_into_it = next != stretches.end() && next->from_ns < wait.answered_ns;
    std::optional<double>& side = fell_into_it ? slowest.with : slowest.without;
    side = std::max(side.value_or(0), waited_us(wait));
  }
  return slowest;
}

double longest_ms(std::span<const Stretch> stretches) {
  std::int64_t longest_ns = 0;
  for (const Stretch& stretch : stretches) longest_ns = std::max(longest_ns, stretch.to_ns - stretch.from_ns);
  return static_cast<double>(longest_ns) / 1e6;
}

}  // namespace cairn::bench
