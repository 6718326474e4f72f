// Lets only so many players connect at a time: a crowd at the door, not a battering ram.
//
// Owner: the crowd. Threads: one. Bounds: kInFlightMax connects at once, the others wait in turn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>

namespace cairn::crowd {

class ConnectGate {
 public:
  static constexpr std::size_t kInFlightMax = 128;
  using Enter = std::function<void(std::uint32_t player)>;

  explicit ConnectGate(Enter enter) : enter_(std::move(enter)) {}

  void want(std::uint32_t player) {
    waiting_.push_back(player);
    pump();
  }

  // Whoever entered has arrived or failed.
  void release() {
    --in_flight_;
    pump();
  }

 private:
  void pump() {
    // A connect that fails at once releases from inside enter_; the loop below then goes on for it.
    if (pumping_) return;
    pumping_ = true;
    while (!waiting_.empty() && in_flight_ < kInFlightMax) {
      const std::uint32_t player = waiting_.front();
      waiting_.pop_front();
      ++in_flight_;
      enter_(player);
    }
    pumping_ = false;
  }

  Enter enter_;
  std::deque<std::uint32_t> waiting_;
  std::size_t in_flight_ = 0;
  bool pumping_ = false;
};

}  // namespace cairn::crowd
