// bench_noise: what the machine does to whoever only spins: a pinned thread on each processor reads the clock
// without end, and every gap between two readings was taken from it. Below this floor no latency says
// anything about a program.
#include <sched.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Gaps {
  int cpu = 0;
  std::int64_t over_100us = 0;
  std::int64_t over_1ms = 0;
  double longest_us = 0;
  double lost_us = 0;  // in gaps over 100 µs
};

void spin(Gaps& gaps, Clock::time_point until) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(gaps.cpu), &one);
  ::sched_setaffinity(0, sizeof one, &one);
  for (Clock::time_point last = Clock::now(); last < until;) {
    const Clock::time_point now = Clock::now();
    const double gap_us = std::chrono::duration<double, std::micro>(now - last).count();
    last = now;
    gaps.longest_us = std::max(gaps.longest_us, gap_us);
    if (gap_us < 100) continue;
    ++gaps.over_100us;
    if (gap_us >= 1'000) ++gaps.over_1ms;
    gaps.lost_us += gap_us;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc == 2 ? std::strtod(argv[1], nullptr) : 0;
  if (!(seconds > 0 && seconds <= 600)) {
    std::fprintf(stderr, "usage: bench_noise SECONDS, at most 600\n");
    return 2;
  }
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ::sched_getaffinity(0, sizeof allowed, &allowed);
  std::vector<Gaps> gaps;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(static_cast<std::size_t>(cpu), &allowed)) gaps.push_back({.cpu = cpu});
  const auto until =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  std::vector<std::thread> threads;
  for (Gaps& one : gaps) threads.emplace_back([&one, until] { spin(one, until); });
  for (std::thread& thread : threads) thread.join();
  std::string line = "[";
  for (const Gaps& one : gaps) {
    char text[256];
    std::snprintf(text, sizeof text,
                  "%s{\"cpu\":%d,\"seconds\":%.1f,\"gaps_over_100us\":%lld,\"gaps_over_1ms\":%lld,"
                  "\"longest_us\":%.1f,\"lost_share\":%.5f}",
                  line.size() == 1 ? "" : ",", one.cpu, seconds, static_cast<long long>(one.over_100us),
                  static_cast<long long>(one.over_1ms), one.longest_us, one.lost_us / (seconds * 1e6));
    line += text;
  }
  std::printf("%s]\n", line.c_str());
}
