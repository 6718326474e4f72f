// What the run costs the process, and where its threads run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::bench {

struct Usage {
  std::int64_t at_ns = 0;
  double cpu_seconds = 0;
  std::uint64_t allocated_bytes = 0;  // through operator new
  std::uint64_t allocations = 0;
};

[[nodiscard]] Usage usage_now();
// The most memory that was resident so far.
[[nodiscard]] std::uint64_t resident_bytes_most();

// To the index-th processor that this process may use. A refusal is told on stderr and the thread goes on
// unpinned.
void pin_this_thread(std::size_t index);
// A thread that parks until something is due is to be woken then, and not 50 µs later.
void wake_on_time();
void sleep_until(std::int64_t until_ns);
// That this thread has had so far, of a processor, in microseconds.
[[nodiscard]] double thread_cpu_us();

inline void pause_processor() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace cairn::bench
