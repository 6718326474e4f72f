#include "bus/thread_load.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <string_view>

namespace cairn::bus {

namespace {

// "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345\nfull …", in microseconds.
std::int64_t pressure_ns_of(std::string_view text) {
  constexpr std::string_view kTotal = "total=";
  const std::size_t at = text.find(kTotal);
  if (at == std::string_view::npos) return 0;
  std::int64_t microseconds = 0;
  const std::string_view digits = text.substr(at + kTotal.size());
  std::from_chars(digits.data(), digits.data() + digits.size(), microseconds);
  return microseconds * 1'000;
}

}  // namespace

ThreadLoadSource::ThreadLoadSource() : pressure_fd_(::open("/proc/pressure/cpu", O_RDONLY | O_CLOEXEC)) {}

ThreadLoadSource::~ThreadLoadSource() {
  if (pressure_fd_ >= 0) ::close(pressure_fd_);
}

ThreadLoad ThreadLoadSource::look() const noexcept {
  ThreadLoad load;
  timespec ran{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ran);
  load.ran_ns = ran.tv_sec * 1'000'000'000 + ran.tv_nsec;
  rusage usage{};
  ::getrusage(RUSAGE_THREAD, &usage);
  load.switches = usage.ru_nivcsw;
  std::array<char, 128> text;
  const ssize_t bytes = pressure_fd_ < 0 ? -1 : ::pread(pressure_fd_, text.data(), text.size(), 0);
  if (bytes > 0) load.pressure_ns = pressure_ns_of({text.data(), static_cast<std::size_t>(bytes)});
  return load;
}

std::int64_t measure_park_cost_ns() noexcept {
  constexpr std::int64_t kWaitNs = 20'000;
  constexpr timespec kWait{0, kWaitNs};
  const auto now_ns = [] {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
  };
  std::array<std::int64_t, 15> costs_ns;
  for (std::int64_t& cost_ns : costs_ns) {
    const std::int64_t from_ns = now_ns();
    ::ppoll(nullptr, 0, &kWait, nullptr);
    cost_ns = now_ns() - from_ns - kWaitNs;
  }
  std::ranges::nth_element(costs_ns, costs_ns.begin() + costs_ns.size() / 2);
  return costs_ns[costs_ns.size() / 2];
}

}  // namespace cairn::bus
