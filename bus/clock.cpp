#include "bus/clock.hpp"

#include <chrono>

namespace cairn::bus {

std::int64_t SystemClock::steady_ns() const noexcept {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::wall_ms() const noexcept {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace cairn::bus
