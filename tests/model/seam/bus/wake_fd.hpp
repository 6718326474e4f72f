// Stands in for bus/wake_fd.hpp in the explored programs: an eventfd of the explorer's.
//
// Owner: an EventCount. Threads: the explorer's fibers. Bounds: none.
#pragma once

#include "tests/model/explorer.hpp"

namespace cairn::bus {

class WakeFd {
 public:
  [[nodiscard]] int fd() const noexcept { return static_cast<int>(eventfd_); }
  void signal() noexcept { model::signal(eventfd_); }
  void drain() noexcept { model::drain(eventfd_); }

 private:
  const std::size_t eventfd_ = model::add_eventfd();
};

}  // namespace cairn::bus
