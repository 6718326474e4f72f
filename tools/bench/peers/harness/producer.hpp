// One of the two who send: walks its half of the schedule and says what is due.
//
// Owner and threads: whoever sends. Bounds: the schedule. When full: what could not be sent stays due, and
// its latency goes on growing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/progress.hpp"
#include "tools/bench/workload/schedule.hpp"

namespace cairn::bench {

class Producer {
 public:
  Producer(const workload::Schedule& schedule, const Progress& progress, std::size_t index,
           std::size_t producers)
      : schedule_(schedule), progress_(progress), at_(index), step_(producers) {}

  void start(std::int64_t start_ns) { start_ns_ = start_ns; }
  [[nodiscard]] bool done() const { return at_ >= schedule_.records.size(); }
  // When the next event is meant to be sent; a closed loop knows no such time.
  [[nodiscard]] std::int64_t next_due_ns() const { return start_ns_ + schedule_.records[at_].intended_ns; }

  // Calls send(const Event&) -> bool for what is due at `now_ns`, `most` at most, until it returns false.
  // Returns how many were sent.
  template <class Send>
  std::size_t send_due(std::int64_t now_ns, std::size_t most, Send&& send) {
    std::size_t sent = 0;
    for (; sent < most && !done(); ++sent, at_ += step_) {
      if (schedule_.closed_loop() ? !window_open() : next_due_ns() > now_ns) break;
      const workload::Record& record = schedule_.records[at_];
      const Event event{.intended_ns = start_ns_ + record.intended_ns,
                        .text = schedule_.text_of(at_).data(),
                        .sequence = static_cast<std::uint32_t>(at_),
                        .team = record.team,
                        .district = record.district,
                        .flags = record.flags};
      if (!send(event)) break;
    }
    return sent;
  }

 private:
  // All producers are taken to be where this one is.
  bool window_open() {
    if (at_ < handled_ + kClosedLoopWindow) return true;
    handled_ = progress_.events();
    return at_ < handled_ + kClosedLoopWindow;
  }

  const workload::Schedule& schedule_;
  const Progress& progress_;
  std::size_t at_;
  const std::size_t step_;
  std::int64_t start_ns_ = 0;
  std::uint64_t handled_ = 0;
};

}  // namespace cairn::bench
