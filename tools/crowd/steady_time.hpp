// The steady clock as nanoseconds: what every latency of the crowd is measured with.
//
// Owner: none. Threads: any. Bounds: 584 years.
#pragma once

#include <chrono>
#include <cstdint>

namespace cairn::crowd {

inline constexpr std::uint64_t kNsPerUs = 1'000;
inline constexpr std::uint64_t kNsPerMs = 1'000'000;
inline constexpr std::uint64_t kNsPerSecond = 1'000'000'000;

inline std::uint64_t now_ns() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

}  // namespace cairn::crowd
