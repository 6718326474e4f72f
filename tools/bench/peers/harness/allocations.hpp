// What went through operator new: allocations.cpp replaces it for the program that links the harness.
#pragma once

#include <cstdint>

namespace cairn::bench {

inline constexpr std::uint64_t kCountUnknown = ~std::uint64_t{0};

struct Allocations {
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
};

[[nodiscard]] Allocations allocations_so_far();

}  // namespace cairn::bench
