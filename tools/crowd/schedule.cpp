#include "tools/crowd/schedule.hpp"

namespace cairn::crowd {

Schedule::Schedule(std::uint64_t seed, const ActRates& rates) : rates_(rates), random_(seed) {
  for (const double rate : rates_) rate_sum_ += rate;
  advance();
}

void Schedule::advance() {
  // With no rate at all nothing ever happens; a century stands for never.
  constexpr double kNeverSeconds = 3.2e9;
  at_seconds_ = rate_sum_ > 0 ? at_seconds_ + random_.exponential_seconds(rate_sum_) : kNeverSeconds;
  double share = random_.unit() * rate_sum_;
  next_.act = Act::wrong_guess;
  for (std::size_t act = 0; act < kActCount; ++act) {
    if (rates_[act] <= 0) continue;
    next_.act = static_cast<Act>(act);
    if (share < rates_[act]) break;
    share -= rates_[act];
  }
  next_.at_ns = static_cast<std::uint64_t>(at_seconds_ * 1e9);
  next_.chance = random_.next();
}

}  // namespace cairn::crowd
