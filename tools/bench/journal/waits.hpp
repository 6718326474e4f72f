// Who waited, from when to when, and what fell into it: the arithmetic of `cairn bench journal`.
//
// Owner: a run. Threads: one at a time. Bounds: one Wait for each answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cairn::bench {

// On the steady clock.
struct Stretch {
  std::int64_t from_ns = 0;
  std::int64_t to_ns = 0;
};

// One guess: from when it was due, whenever it was really sent, until its answer might be told; 0: not yet.
struct Wait {
  std::int64_t due_ns = 0;
  std::int64_t answered_ns = 0;
};

// When each of `count` guesses is due, in nanoseconds after the start: each at any moment of the time there is, as crowds
// come, not in step.
[[nodiscard]] std::vector<std::int64_t> due_times(double seconds, std::size_t count, std::uint64_t seed);

// In microseconds. A share that fewer than one wait lies beyond is not known.
struct WaitFigures {
  double p50 = 0;
  std::optional<double> p99;
  std::optional<double> p99_9;
  double max = 0;
};
// Of answered waits that are not none.
[[nodiscard]] WaitFigures figures_of(std::span<const Wait> waits);

// The waits that none of the stretches fell into, and those that one did.
struct Split {
  std::vector<Wait> without;
  std::vector<Wait> with;
};
// The stretches follow one another.
[[nodiscard]] Split split_by(std::span<const Wait> waits, std::span<const Stretch> stretches);
[[nodiscard]] double longest_ms(std::span<const Stretch> stretches);

}  // namespace cairn::bench
