// How a loop parks and is woken without a lost wake-up, at the cost of one load while it is awake.
//
// The consumer announces that it will park, looks for work once more, and only then waits; a producer publishes work
// and then looks whether somebody announced. Both sides are a store and then a load of different variables, so both use
// seq_cst operations: one of the two must see the other's store.
//
// Owner: a Mailbox or the journal. Threads: one parks, any wake. The wait itself is the caller's, on a descriptor.
// Bounds: one pending wake-up. When full: does not apply.
#pragma once

#include <cstdint>

#include "bus/atomic.hpp"
#include "bus/limits.hpp"
#include "bus/wake_fd.hpp"

namespace cairn::bus {

class EventCount {
 public:
  EventCount() = default;
  EventCount(const EventCount&) = delete;
  EventCount& operator=(const EventCount&) = delete;

  // The parking side, called when there was nothing to do. nothing_to_do() -> bool looks again and must see whatever was
  // published before the notify() that comes with it; wait(int fd) waits until fd is readable, or as long as it likes.
  template <class NothingToDo, class Wait>
  void park(NothingToDo&& nothing_to_do, Wait&& wait) {
    // seq_cst [park]: ordered before the loads in nothing_to_do().
    parked_.store(1, std::memory_order_seq_cst);
    const bool waits = nothing_to_do();
    if (waits) wait(wake_fd_.fd());
    // relaxed: whoever still sees the announcement writes the eventfd once too often, whoever doesn't has left its work
    // where the next look finds it.
    parked_.store(0, std::memory_order_relaxed);
    // After every wait, whoever ended it: a waker may write the eventfd late, in a later wait whose announcement nobody took,
    // and what stood there undrained would end each wait after it at once.
    if (waits) wake_fd_.drain();
  }

  // The waking side, after the work was published.
  void notify() noexcept {
    // seq_cst [park]: ordered after the store that published the work, so that it cannot miss an announcement whose
    // owner has missed the work.
    if (parked_.load(std::memory_order_seq_cst) == 0) return;
    // relaxed: exactly one of the wakers that saw the announcement writes the eventfd, which any exchange settles; what
    // was published is ordered by the operations above.
    if (parked_.exchange(0, std::memory_order_relaxed) != 0) wake_fd_.signal();
  }

 private:
  WakeFd wake_fd_;
  alignas(kFalseSharingBytes) Atomic<std::uint32_t> parked_{0};
};

}  // namespace cairn::bus
