// What the machine does to the calling thread: how much it ran, how often it was put off its processor, and how long
// anybody has waited for one.
//
// Threads: look() by the one thread that it is about. Bounds: one open file. Where the kernel has no pressure figures
// (/proc/pressure), their time stands still.
#pragma once

#include <cstdint>

namespace cairn::bus {

// Sums since some start: differences count.
struct ThreadLoad {
  std::int64_t ran_ns = 0;       // on a processor
  std::int64_t switches = 0;     // taken off it against its will
  std::int64_t pressure_ns = 0;  // some thread of the machine waited for one
};

class ThreadLoadSource {
 public:
  ThreadLoadSource();
  ~ThreadLoadSource();
  ThreadLoadSource(const ThreadLoadSource&) = delete;
  ThreadLoadSource& operator=(const ThreadLoadSource&) = delete;

  // About five microseconds.
  [[nodiscard]] ThreadLoad look() const noexcept;

 private:
  int pressure_fd_;  // -1: the kernel keeps none
};

// By how much a wait is longer than it was meant to be on this processor now: what parking costs. Takes about a
// millisecond.
[[nodiscard]] std::int64_t measure_park_cost_ns() noexcept;

}  // namespace cairn::bus
