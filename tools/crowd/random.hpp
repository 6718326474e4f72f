// The crowd's chance: SplitMix64, so that a seed gives the same schedule everywhere.
//
// Owner: whoever holds it. Threads: one. Bounds: none.
#pragma once

#include <cmath>
#include <cstdint>

namespace cairn::crowd {

inline std::uint64_t mix64(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    return mix64(state_);
  }

  // Uniform in [0, bound); 0 for a bound of 0. The bias of the remainder is below 2^-32 for our bounds.
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }

  // Uniform in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  // The wait to the next arrival of a Poisson process with this rate.
  double exponential_seconds(double per_second) { return -std::log1p(-unit()) / per_second; }

 private:
  std::uint64_t state_;
};

}  // namespace cairn::crowd
