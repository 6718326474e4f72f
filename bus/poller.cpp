#include "bus/poller.hpp"

#include <poll.h>

#include <ctime>

namespace cairn::bus {

void FdPoller::park(int wake_fd, std::int64_t timeout_ns) {
  pollfd waited{wake_fd, POLLIN, 0};
  const timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
  ::ppoll(&waited, 1, &timeout, nullptr);
}

}  // namespace cairn::bus
