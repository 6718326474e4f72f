#include "bus/waiting.hpp"

#include <sys/resource.h>

namespace cairn::bus {

std::int64_t Waiting::spin_ns(std::int64_t now_ns) {
  if (now_ns - sampled_ns_ >= kSampleNs) {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    crowded_ = usage.ru_nivcsw - switches_ > kSwitchesMax;
    switches_ = usage.ru_nivcsw;
    sampled_ns_ = now_ns;
  }
  return crowded_ ? 0 : kSpinNs;
}

}  // namespace cairn::bus
