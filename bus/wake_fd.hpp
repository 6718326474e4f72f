// An eventfd: the kernel's side of a wake-up, on which a parked loop waits beside its sockets.
//
// Owner: an EventCount. Threads: any. Bounds: a count of 64 bits that is cleared whenever its loop wakes. tests/model
// puts a header of this name before this one.
#pragma once

namespace cairn::bus {

class WakeFd {
 public:
  WakeFd();
  ~WakeFd();
  WakeFd(const WakeFd&) = delete;
  WakeFd& operator=(const WakeFd&) = delete;

  // Readable from signal() to drain().
  [[nodiscard]] int fd() const noexcept { return fd_; }
  void signal() noexcept;
  void drain() noexcept;

 private:
  const int fd_;
};

}  // namespace cairn::bus
