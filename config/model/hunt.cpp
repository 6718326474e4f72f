#include "config/model/hunt.hpp"

#include <algorithm>

namespace cairn::config {

std::int64_t GuessLimits::lockout_of_round_ms(std::uint32_t round) const {
  std::int64_t lockout = std::min(lockout_ms, lockout_max_ms);
  // A growth of 100 percent stays where it is; any more reaches the maximum within a few rounds, so both ends
  // are quick.
  for (std::uint32_t i = 1; i < round && growth_percent > 100 && lockout > 0 && lockout < lockout_max_ms;
       ++i) {
    const std::int64_t next = lockout * growth_percent / 100;
    if (next == lockout) break;
    lockout = std::min(next, lockout_max_ms);
  }
  return lockout;
}

std::optional<DistrictIndex> Hunt::find_district(std::string_view wanted) const {
  const auto found =
      std::find_if(districts.begin(), districts.end(), [&](const District& d) { return d.id == wanted; });
  if (found == districts.end()) return std::nullopt;
  return static_cast<DistrictIndex>(found - districts.begin());
}

std::optional<PuzzleIndex> Hunt::find_puzzle(std::string_view wanted) const {
  const auto found =
      std::find_if(puzzles.begin(), puzzles.end(), [&](const Puzzle& p) { return p.id == wanted; });
  if (found == puzzles.end()) return std::nullopt;
  return static_cast<PuzzleIndex>(found - puzzles.begin());
}

}  // namespace cairn::config
