// Makes the schedule of each profile.
//
// Within each millisecond as many events as the rate says come at times drawn uniformly: the arrivals of a
// Poisson process whose count is fixed, made of integers only, so that a seed gives the same bytes on every
// machine.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "tools/bench/workload/schedule.hpp"

namespace cairn::workload {

inline constexpr std::uint32_t kSteadyPerSecond = 42'000;
inline constexpr std::uint32_t kBurstPerSecond = 1'200'000;
inline constexpr std::uint32_t kBurstDistricts = 10;
// Of every second, in milliseconds.
inline constexpr std::uint32_t kBurstFromMs = 400;
inline constexpr std::uint32_t kBurstToMs = 600;
inline constexpr std::uint32_t kSpikeAtMs = 500;
inline constexpr std::uint32_t kSpikeTriggers = 8'000;
// A closed loop has no rate; so many events stand for a second of its length.
inline constexpr std::uint32_t kClosedLoopPerSecond = 1'000'000;
inline constexpr std::uint32_t kTexts = 64;

struct Parameters {
  std::uint64_t seed = 1;
  std::uint32_t seconds = 6;       // measured
  std::uint32_t warm_seconds = 1;  // before them
  std::uint32_t districts = 12;
  std::uint32_t teams = 1'500;
  std::uint32_t payload_bytes = 700;
};

[[nodiscard]] std::span<const std::string_view> profiles();
// Throws std::invalid_argument with a sentence if there is no such profile or the parameters cannot be.
[[nodiscard]] Schedule make(std::string_view profile, const Parameters& parameters);

}  // namespace cairn::workload
