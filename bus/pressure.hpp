// The arithmetic of messages: enqueued = delivered + merged + dropped + queued, by priority, always.
//
// Owner: a producer counts what it sends, a core what it takes and delivers; it is the sums over all of them that agree.
// Threads: the owner's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bus/cell.hpp"

namespace cairn::bus {

struct Pressure {
  struct Counts {
    std::uint64_t enqueued = 0;   // asked to send
    std::uint64_t delivered = 0;  // handled
    std::uint64_t merged = 0;     // became one with the same item, which waited still; normal only
    std::uint64_t dropped = 0;    // ambient for want of room; normal beyond what can be kept back

    // Under way: kept back, in a ring, or in a run queue. Meant of sums over all who send and all who handle.
    [[nodiscard]] std::uint64_t queued() const { return enqueued - delivered - merged - dropped; }
    Counts& operator+=(const Counts& other) {
      enqueued += other.enqueued;
      delivered += other.delivered;
      merged += other.merged;
      dropped += other.dropped;
      return *this;
    }
  };
  std::array<Counts, kPriorities> by_priority{};

  [[nodiscard]] Counts& operator[](Priority priority) {
    return by_priority[static_cast<std::size_t>(priority)];
  }
  [[nodiscard]] const Counts& operator[](Priority priority) const {
    return by_priority[static_cast<std::size_t>(priority)];
  }
  Pressure& operator+=(const Pressure& other) {
    for (std::size_t p = 0; p < kPriorities; ++p) by_priority[p] += other.by_priority[p];
    return *this;
  }
};

}  // namespace cairn::bus
