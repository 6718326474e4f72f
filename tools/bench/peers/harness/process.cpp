#include "tools/bench/peers/harness/process.hpp"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/allocations.hpp"

namespace cairn::bench {

Usage usage_now() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  const Allocations allocations = allocations_so_far();
  return {.at_ns = now_ns(),
          .cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .allocated_bytes = allocations.bytes,
          .allocations = allocations.count};
}

std::uint64_t resident_bytes_most() {
  // getrusage() would begin with the most that the parent had before exec.
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

void pin_this_thread(std::size_t index) {
  // The process's own set: a thread made by a pinned one would inherit that one's.
  static const cpu_set_t allowed = [] {
    cpu_set_t set;
    CPU_ZERO(&set);
    ::sched_getaffinity(0, sizeof set, &set);
    return set;
  }();
  const auto count = static_cast<std::size_t>(CPU_COUNT(&allowed));
  std::size_t wanted = count == 0 ? 0 : index % count;
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &allowed) || wanted-- != 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (::sched_setaffinity(0, sizeof one, &one) == 0) return;
    break;
  }
  std::fprintf(stderr, "a thread could not be pinned and goes on unpinned\n");
}

void wake_on_time() { ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }

void sleep_until(std::int64_t until_ns) {
  constexpr std::int64_t kSecondNs = 1'000'000'000;
  const timespec until{.tv_sec = until_ns / kSecondNs, .tv_nsec = until_ns % kSecondNs};
  // steady_clock is CLOCK_MONOTONIC.
  ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

double thread_cpu_us() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e6 + static_cast<double>(used.tv_nsec) / 1e3;
}

}  // namespace cairn::bench
