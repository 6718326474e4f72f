// Time as an input: every core, session and journal is handed a Clock and asks nobody else.
//
// Owner: the program or the test. Threads: any may ask. steady_ns never goes back; wall_ms may jump.
#pragma once

#include <cstdint>

namespace cairn::bus {

class Clock {
 public:
  virtual ~Clock() = default;
  // Monotonic nanoseconds since an arbitrary start: deadlines, pacing, latencies.
  [[nodiscard]] virtual std::int64_t steady_ns() const noexcept = 0;
  // Unix milliseconds: what people are told, and opens_at / closes_at.
  [[nodiscard]] virtual std::int64_t wall_ms() const noexcept = 0;
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t steady_ns() const noexcept override;
  [[nodiscard]] std::int64_t wall_ms() const noexcept override;
};

// A clock that only moves when a test says so.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(std::int64_t wall_ms) : wall_start_ms_(wall_ms) {}
  void advance_ns(std::int64_t by) { now_ns_ += by; }
  // Somebody sets the machine's clock, forth or back; the steady clock does not notice.
  void jump_wall_ms(std::int64_t by) { wall_start_ms_ += by; }
  [[nodiscard]] std::int64_t steady_ns() const noexcept override { return now_ns_; }
  [[nodiscard]] std::int64_t wall_ms() const noexcept override {
    return wall_start_ms_ + now_ns_ / 1'000'000;
  }

 private:
  std::int64_t wall_start_ms_;
  std::int64_t now_ns_ = 1;
};

}  // namespace cairn::bus
