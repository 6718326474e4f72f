// How far the work has got, told by those who do it once a batch: it ends the run, and it is the window of a
// closed loop.
//
// Owner: main(). Threads: each slot has the writers that its program gives it, anybody reads. Bounds: kSlots.
// The atomics keep to the default order; nothing here is on the way of an event.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cairn::bench {

// Events under way in a closed loop, all producers together.
inline constexpr std::uint64_t kClosedLoopWindow = 8'192;

class Progress {
 public:
  static constexpr std::size_t kSlots = 64;

  // For a slot with one writer, which counts for itself.
  void set(std::size_t slot, std::uint64_t events, std::uint64_t follow_ups) {
    slots_[slot].events = events;
    slots_[slot].follow_ups = follow_ups;
  }
  // For slots that share writers.
  void add_event(std::size_t slot) { ++slots_[slot % kSlots].events; }
  void add_follow_up(std::size_t slot) { ++slots_[slot % kSlots].follow_ups; }

  [[nodiscard]] std::uint64_t events() const {
    std::uint64_t sum = 0;
    for (const Slot& slot : slots_) sum += slot.events;
    return sum;
  }
  [[nodiscard]] std::uint64_t follow_ups() const {
    std::uint64_t sum = 0;
    for (const Slot& slot : slots_) sum += slot.follow_ups;
    return sum;
  }

 private:
  struct alignas(128) Slot {
    std::atomic<std::uint64_t> events{0};
    std::atomic<std::uint64_t> follow_ups{0};
  };
  std::array<Slot, kSlots> slots_;
};

}  // namespace cairn::bench
