#include "bus/waiting.hpp"

#include <algorithm>
#include <utility>

namespace cairn::bus {

bool Waiting::looks_crowded(std::int64_t elapsed_ns, std::int64_t lost_ns, const ThreadLoad& load) const {
  // Of the whole sample: of the little while that a quiet loop is awake, waking up alone is a large part.
  return load.switches - last_.switches > kSwitchesMax || lost_ns * 100 > elapsed_ns * kLostPercentMax ||
         (load.pressure_ns - last_.pressure_ns) * 100 > elapsed_ns * kPressurePercentMax;
}

bool Waiting::sample(std::int64_t now_ns, const ThreadLoad& load) {
  const bool is_first = sampled_ns_ == 0;
  const std::int64_t elapsed_ns = now_ns - std::exchange(sampled_ns_, now_ns);
  const std::int64_t lost_ns =
      std::max<std::int64_t>(0, elapsed_ns - parked_ns_ - (load.ran_ns - last_.ran_ns));
  const bool was_crowded = crowded_;
  if (!is_first) {
    lost_ns_ += lost_ns;
    calm_samples_ = looks_crowded(elapsed_ns, lost_ns, load) ? 0 : calm_samples_ + 1;
    crowded_ = crowded_ ? calm_samples_ < kCalmSamples : calm_samples_ == 0;
  }
  parked_ns_ = 0;
  last_ = load;
  return crowded_ != was_crowded;
}

}  // namespace cairn::bus
