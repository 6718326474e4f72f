#include "bus/event_count.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include "bus/assert.hpp"

namespace cairn::bus {

EventCount::EventCount() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { CAIRN_ASSERT(fd_ >= 0); }

EventCount::~EventCount() { ::close(fd_); }

void EventCount::retract() noexcept {
  // seq_cst [park]: the exchange tells whether a waker came first; only then can the eventfd have been written, and the
  // waker may be a moment late with it, in which case one later wait returns at once, which does no harm.
  if (parked_.exchange(0, std::memory_order_seq_cst) != 0) return;
  std::uint64_t count = 0;
  [[maybe_unused]] const auto drained = ::read(fd_, &count, sizeof count);
}

void EventCount::wake() noexcept {
  // seq_cst [park]: exactly one of the wakers that saw the announcement writes the eventfd.
  if (parked_.exchange(0, std::memory_order_seq_cst) == 0) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

}  // namespace cairn::bus
