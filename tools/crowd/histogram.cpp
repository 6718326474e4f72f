#include "tools/crowd/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace cairn::crowd {

std::uint64_t Histogram::upper_end(std::size_t bucket) {
  const auto index = static_cast<std::uint64_t>(bucket);
  if (index < kSubCount) return index;
  const std::uint64_t shift = index / kSubCount - 1;
  return ((index % kSubCount + kSubCount + 1) << shift) - 1;
}

std::uint64_t Histogram::at_share(double share) const {
  if (count_ == 0) return 0;
  const double wanted = std::ceil(share * static_cast<double>(count_));
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
  std::uint64_t passed = 0;
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
    passed += buckets_[bucket];
    if (passed >= rank) return std::min(upper_end(bucket), max_);
  }
  return max_;
}

Percentiles Histogram::percentiles() const {
  return {at_share(0.50), at_share(0.90), at_share(0.99), at_share(0.999), max_};
}

void Histogram::clear() {
  buckets_.fill(0);
  count_ = 0;
  max_ = 0;
}

}  // namespace cairn::crowd
