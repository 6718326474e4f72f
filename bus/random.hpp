// Chance as an input: who needs random bytes is handed a RandomSource.
//
// Owner: the program or the test. Threads: one source belongs to one core.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::bus {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(std::span<std::byte> out) noexcept = 0;
};

// The kernel's generator: good enough for tokens.
class SystemRandom final : public RandomSource {
 public:
  void fill(std::span<std::byte> out) noexcept override;
};

// The one of the program; any thread.
[[nodiscard]] SystemRandom& system_random();

// SplitMix64 (Steele, Lea, Flood 2014): the same bytes for the same seed, for tests only.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::byte> out) noexcept override;
  [[nodiscard]] std::uint64_t next() noexcept;

 private:
  std::uint64_t state_;
};

}  // namespace cairn::bus
