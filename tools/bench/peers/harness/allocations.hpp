// What went through operator new: allocations.cpp replaces it for the program that links the harness.
#pragma once

#include <cstdint>

namespace cairn::bench {

struct Allocations {
  std::uint64_t bytes = 0;
  std::uint64_t count = 0;
};

[[nodiscard]] Allocations allocations_so_far();

}  // namespace cairn::bench
