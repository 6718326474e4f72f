// A cell is one cache line. A message is a head cell and as many further cells as its bytes fill, side by side.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "bus/limits.hpp"

namespace cairn::bus {

// vital: changes state, never dropped. normal: can be merged or asked for again. ambient: dropped first.
enum class Priority : std::uint8_t { kVital, kNormal, kAmbient };
inline constexpr std::size_t kPriorities = 3;

// Kind 0 pads to the ring's end; every other kind is the owner's of the ring.
inline constexpr std::uint16_t kSkip = 0;

struct alignas(kCellBytes) Head {
  std::uint16_t kind = kSkip;
  Priority priority = Priority::kVital;
  std::uint8_t flags = 0;
  std::uint16_t cells = 1;  // with this one
  std::uint16_t bytes = 0;  // behind this cell
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint64_t sequence = 0;
  std::int64_t intended_ns = 0;  // steady clock: when it was meant to be sent
  std::array<std::uint64_t, 4> operands{};
};
static_assert(sizeof(Head) == kCellBytes && std::is_trivially_copyable_v<Head>);

constexpr std::size_t cells_for(std::size_t bytes) { return 1 + (bytes + kCellBytes - 1) / kCellBytes; }

}  // namespace cairn::bus
