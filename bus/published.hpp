// A value that one thread offers now and then and others look at: the figures of a core, for metrics.
//
// Owner: whoever shows the figures. Threads: offer() is one thread's and never waits, look() any thread's.
// When somebody looks just then: the offer is passed over, the next one comes soon.
#pragma once

#include <mutex>

namespace cairn::bus {

template <class T>
class Published {
 public:
  void offer(const T& value) {
    if (const std::unique_lock lock{mutex_, std::try_to_lock}; lock) value_ = value;
  }
  [[nodiscard]] T look() const {
    const std::lock_guard lock{mutex_};
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  T value_{};
};

}  // namespace cairn::bus
