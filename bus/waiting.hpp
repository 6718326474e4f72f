// How a loop waits when it has run dry: with processors to spare it spins a bounded while before it parks; where there are
// more runnable threads than processors it parks at once, since spinning would take the processor from whoever brings the
// work (measured: it tripled the median there).
//
// Three signs tell the two apart, looked at once a sample: the time that this loop was awake and yet did not run, the
// involuntary switches that explain it, and the kernel's figure of how long anybody waited for a processor. Crowded is
// believed at once, spare only after a calm while.
//
// Owner: a Core. Threads: its loop. Bounds: kSpinNs.
#pragma once

#include <cstdint>

#include "bus/thread_load.hpp"

namespace cairn::bus {

class Waiting {
 public:
  // Long enough to meet the next message at 50,000 a second, short enough to go unnoticed in the idle figures.
  static constexpr std::int64_t kSpinNs = 20'000;
  static constexpr std::int64_t kSampleNs = 100'000'000;
  // Of the time awake; with fewer switches than this a loss is the machine's own noise.
  static constexpr std::int64_t kLostPercentMax = 5;
  static constexpr std::int64_t kSwitchesMin = 2;
  // Of the sample, with somebody waiting for a processor.
  static constexpr std::int64_t kPressurePercentMax = 10;
  static constexpr int kCalmSamples = 10;

  // Whether the next sample is due.
  [[nodiscard]] bool wants_sample(std::int64_t now_ns) const { return now_ns - sampled_ns_ >= kSampleNs; }
  // Returns whether the state has changed.
  bool sample(std::int64_t now_ns, const ThreadLoad& load);
  // Time spent parked is not lost.
  void parked(std::int64_t for_ns) { parked_ns_ += for_ns; }

  [[nodiscard]] std::int64_t spin_ns() const { return crowded_ ? 0 : kSpinNs; }
  [[nodiscard]] bool crowded() const { return crowded_; }
  // Ever: awake and not running.
  [[nodiscard]] std::int64_t lost_ns() const { return lost_ns_; }

 private:
  [[nodiscard]] bool looks_crowded(std::int64_t elapsed_ns, std::int64_t lost_ns,
                                   const ThreadLoad& load) const;

  bool crowded_ = true;
  int calm_samples_ = 0;
  std::int64_t sampled_ns_ = 0;  // 0: not yet
  std::int64_t parked_ns_ = 0;   // since the last sample
  std::int64_t lost_ns_ = 0;
  ThreadLoad last_;
};

}  // namespace cairn::bus
