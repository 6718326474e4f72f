// How a loop waits when it has run dry: with processors to spare it spins for as long as a park would cost here, and then
// parks; where there are more runnable threads than processors it parks at once, since spinning would take the processor
// from whoever brings the work (measured: it tripled the median there).
//
// Three signs tell the two apart, looked at once a sample: the involuntary switches of this loop, the time that it was
// awake and yet did not run, and the kernel's figure of how long anybody waited for a processor. Crowded is believed at
// once, spare only after a calm while.
//
// Owner: a Core. Threads: its loop. Bounds: kSpinNsMin, kSpinNsMax.
// Source: spinning as long as blocking costs is at most twice as dear as knowing beforehand; Karlin, Li, Manasse, Owicki,
// "Empirical studies of competitive spinning for a shared-memory multiprocessor" (SOSP 1991).
#pragma once

#include <algorithm>
#include <cstdint>

#include "bus/thread_load.hpp"

namespace cairn::bus {

class Waiting {
 public:
  static constexpr std::int64_t kSpinNsMin = 20'000;
  static constexpr std::int64_t kSpinNsMax = 100'000;
  static constexpr std::int64_t kSampleNs = 100'000'000;
  // In a sample, of a loop that has a processor of its own (seen: 3), and of one that has not (seen: 6 to 70).
  static constexpr std::int64_t kSwitchesMax = 5;
  // Of the sample, as is the next.
  static constexpr std::int64_t kLostPercentMax = 5;
  // The waking of parked loops alone makes up to 14.
  static constexpr std::int64_t kPressurePercentMax = 25;
  static constexpr int kCalmSamples = 10;

  // Whether the next sample is due.
  [[nodiscard]] bool wants_sample(std::int64_t now_ns) const { return now_ns - sampled_ns_ >= kSampleNs; }
  // Returns whether the state has changed.
  bool sample(std::int64_t now_ns, const ThreadLoad& load);
  // Time spent parked is not lost.
  void parked(std::int64_t for_ns) { parked_ns_ += for_ns; }

  // Measured when spinning may begin: by how much a park is longer than it was meant to be.
  void set_park_cost(std::int64_t cost_ns) { spin_ns_ = std::clamp(cost_ns, kSpinNsMin, kSpinNsMax); }

  [[nodiscard]] std::int64_t spin_ns() const { return crowded_ ? 0 : spin_ns_; }
  [[nodiscard]] bool crowded() const { return crowded_; }
  // Ever: awake and not running.
  [[nodiscard]] std::int64_t lost_ns() const { return lost_ns_; }

 private:
  [[nodiscard]] bool looks_crowded(std::int64_t elapsed_ns, std::int64_t lost_ns,
                                   const ThreadLoad& load) const;

  bool crowded_ = true;
  int calm_samples_ = 0;
  std::int64_t spin_ns_ = kSpinNsMin;
  std::int64_t sampled_ns_ = 0;  // 0: not yet
  std::int64_t parked_ns_ = 0;   // since the last sample
  std::int64_t lost_ns_ = 0;
  ThreadLoad last_;
};

}  // namespace cairn::bus
