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
  // How many times as fast as the steady clock the wall clock and what is played go: 1, but in a rehearsal.
  [[nodiscard]] virtual std::uint32_t speed() const noexcept { return 1; }
  // What hunt time is counted in.
  [[nodiscard]] std::int64_t played_ns() const noexcept {
    return steady_ns() * static_cast<std::int64_t>(speed());
  }
};

// The machine's clocks.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t steady_ns() const noexcept override;
  [[nodiscard]] std::int64_t wall_ms() const noexcept override;
};

// Another clock's steady time, and a wall clock that goes so many times as fast: for rehearsals. What is waited for takes
// as long as ever; what is played is over sooner.
class SpedClock final : public Clock {
 public:
  // It begins at `wall_ms`. Owner of `of`: the caller, for longer.
  SpedClock(const Clock& of, std::uint32_t speed, std::int64_t wall_ms)
      : of_(of), speed_(speed), began_ns_(of.steady_ns()), wall_began_ms_(wall_ms) {}
  // Before anybody else asks: it was that late already.
  void go_on_from(std::int64_t wall_ms) {
    if (wall_ms > this->wall_ms()) wall_began_ms_ += wall_ms - this->wall_ms();
  }
  [[nodiscard]] std::int64_t steady_ns() const noexcept override { return of_.steady_ns(); }
  [[nodiscard]] std::int64_t wall_ms() const noexcept override {
    return wall_began_ms_ + (of_.steady_ns() - began_ns_) * static_cast<std::int64_t>(speed_) / 1'000'000;
  }
  [[nodiscard]] std::uint32_t speed() const noexcept override { return speed_; }

 private:
  const Clock& of_;
  const std::uint32_t speed_;
  const std::int64_t began_ns_;
  std::int64_t wall_began_ms_;
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
