// How long a loop spins before it parks: a bounded while when there are cores to spare, not at all when there are more
// runnable threads than cores (where spinning takes the processor from whoever would bring the work).
//
// The sign is the loop's own involuntary context switches, which the kernel counts for each thread.
// Owner: a Core. Threads: its loop. Bounds: kSpinNs.
#pragma once

#include <cstdint>

namespace cairn::bus {

class Waiting {
 public:
  // Long enough to meet the next message at 50,000 a second, short enough to go unnoticed in the idle figures.
  static constexpr std::int64_t kSpinNs = 20'000;
  static constexpr std::int64_t kSampleNs = 100'000'000;
  // More involuntary switches than this in a sample: somebody else wants the processor.
  static constexpr std::int64_t kSwitchesMax = 3;

  // To be asked when the loop has run dry; looks at the kernel's count at most once a sample.
  [[nodiscard]] std::int64_t spin_ns(std::int64_t now_ns);
  [[nodiscard]] bool crowded() const { return crowded_; }

 private:
  bool crowded_ = true;
  std::int64_t sampled_ns_ = 0;
  std::int64_t switches_ = 0;
};

}  // namespace cairn::bus
