// The arithmetic of messages: enqueued = delivered + merged + dropped + queued, by priority, always.
//
// Owner: a core counts for itself, what it sends and what it delivers; the sums over all cores must agree.
// Threads: the core's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bus/cell.hpp"

namespace cairn::bus {

struct Pressure {
  struct Counts {
    std::uint64_t enqueued = 0;   // handed to this core for sending
    std::uint64_t delivered = 0;  // handled on this core
    std::uint64_t merged = 0;     // found the same item still waiting and became one with it
    std::uint64_t dropped = 0;    // ambient only
  };
  std::array<Counts, kPriorities> by_priority{};

  [[nodiscard]] Counts& operator[](Priority priority) { return by_priority[static_cast<std::size_t>(priority)]; }
  [[nodiscard]] const Counts& operator[](Priority priority) const {
    return by_priority[static_cast<std::size_t>(priority)];
  }
};

}  // namespace cairn::bus
