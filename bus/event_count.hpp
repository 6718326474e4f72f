// How a loop parks and is woken without a lost wake-up, at the cost of one load while it is awake.
//
// The consumer announces that it will park, looks for work once more, and only then waits; a producer publishes work
// and then looks whether somebody announced. Both sides are a store and then a load of different variables, so both use
// seq_cst operations: one of the two must see the other's store.
//
// Owner: a Mailbox or the journal. Threads: one parks, any wake. The wait itself is the Poller's, on fd().
#pragma once

#include <atomic>
#include <cstdint>

#include "bus/limits.hpp"

namespace cairn::bus {

class EventCount {
 public:
  EventCount();
  ~EventCount();
  EventCount(const EventCount&) = delete;
  EventCount& operator=(const EventCount&) = delete;

  // Readable while a wake-up is pending.
  [[nodiscard]] int fd() const noexcept { return fd_; }

  // The parking side: announce, look for work again, then wait on fd() or cancel.
  void announce() noexcept {
    // seq_cst [park]: ordered before the loads that look for work again.
    parked_.store(1, std::memory_order_seq_cst);
  }
  // After waking, or when work was found. Takes a pending wake-up with it.
  void retract() noexcept;

  // The waking side, after the work was published.
  void notify() noexcept {
    // seq_cst [park]: ordered after the store that published the work, so that it cannot miss an announcement whose
    // owner has missed the work.
    if (parked_.load(std::memory_order_seq_cst) != 0) wake();
  }

 private:
  void wake() noexcept;

  const int fd_;
  alignas(kFalseSharingBytes) std::atomic<std::uint32_t> parked_{0};
};

}  // namespace cairn::bus
