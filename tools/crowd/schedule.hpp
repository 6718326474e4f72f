// What the crowd means to do and when: an open-loop schedule made from a seed, independent of how fast the
// server is.
//
// Owner: the crowd. Threads: one. Bounds: one action ahead. The same seed and rates give the same actions.
#pragma once

#include <array>
#include <cstdint>

#include "tools/crowd/random.hpp"

namespace cairn::crowd {

enum class Act : std::uint8_t {
  wrong_guess,
  partial_guess,
  solve,
  hint,
  clue,
  check_in,
  ping,
  look,             // get_state by somebody whose team has little left to try
  reconnect,        // a socket is dropped and resumed
  reconnect_asking  // the same, with a guess on its way that is sent again under its id
};
inline constexpr std::size_t kActCount = 10;

using ActRates = std::array<double, kActCount>;  // per second, by Act

struct Intent {
  std::uint64_t at_ns = 0;  // since the schedule's start
  Act act = Act::wrong_guess;
  std::uint64_t chance = 0;  // decides who does it and with which puzzle
};

class Schedule {
 public:
  Schedule(std::uint64_t seed, const ActRates& rates);

  [[nodiscard]] const Intent& next() const { return next_; }
  void advance();

 private:
  ActRates rates_;
  double rate_sum_ = 0;
  double at_seconds_ = 0;
  Random random_;
  Intent next_;
};

}  // namespace cairn::crowd
