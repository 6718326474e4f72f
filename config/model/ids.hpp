// Dense indices of what a hunt is made of, by kind: the only ids that messages and entries carry.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::config {

// Position of a district or puzzle in Hunt::districts or Hunt::puzzles.
enum class DistrictIndex : std::uint32_t {};
enum class PuzzleIndex : std::uint32_t {};

inline constexpr DistrictIndex kNoDistrict{0xffffffffU};
inline constexpr PuzzleIndex kNoPuzzle{0xffffffffU};

constexpr std::size_t index(DistrictIndex district) { return static_cast<std::size_t>(district); }
constexpr std::size_t index(PuzzleIndex puzzle) { return static_cast<std::size_t>(puzzle); }

}  // namespace cairn::config
