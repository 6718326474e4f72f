// What a loop does when its rings are empty: look at its descriptors, and wait for them or for a wake-up.
//
// bus/ knows no sockets, so the Poller is handed in: net/ brings one over Asio, a core without sockets takes this
// room's FdPoller. Threads: the loop's only.
#pragma once

#include <cstdint>

namespace cairn::bus {

class Poller {
 public:
  virtual ~Poller() = default;
  // Runs what is ready, within a budget of its own; returns whether there was anything.
  virtual bool poll() = 0;
  // Waits until a descriptor of its own or `wake_fd` is readable, or for `timeout_ns`. It may run one handler, which
  // must not read a stream's log: the core counts as parked.
  virtual void park(int wake_fd, std::int64_t timeout_ns) = 0;
};

// Has no descriptors of its own.
class FdPoller final : public Poller {
 public:
  bool poll() override { return false; }
  void park(int wake_fd, std::int64_t timeout_ns) override;
};

}  // namespace cairn::bus
