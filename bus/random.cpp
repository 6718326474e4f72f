#include "bus/random.hpp"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "bus/assert.hpp"

namespace cairn::bus {

void SystemRandom::fill(std::span<std::byte> out) noexcept {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    CAIRN_ASSERT(got > 0);
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

SystemRandom& system_random() {
  static SystemRandom kernels;
  return kernels;
}

std::uint64_t SeededRandom::next() noexcept {
  state_ += 0x9e3779b97f4a7c15ULL;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

void SeededRandom::fill(std::span<std::byte> out) noexcept {
  while (!out.empty()) {
    const std::uint64_t word = next();
    const std::size_t bytes = std::min(out.size(), sizeof word);
    std::memcpy(out.data(), &word, bytes);
    out = out.subspan(bytes);
  }
}

}  // namespace cairn::bus
