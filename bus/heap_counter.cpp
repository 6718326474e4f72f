#include "bus/heap_counter.hpp"

#include <cstddef>

// Weak: bus/ does not ask for jemalloc, the program that links it decides.
extern "C" int mallctl(const char* name, void* old_value, std::size_t* old_bytes, void* new_value,
                       std::size_t new_bytes) noexcept __attribute__((weak));

namespace cairn::bus {

namespace {

const std::uint64_t* find_counter() noexcept {
  if (mallctl == nullptr) return nullptr;
  std::uint64_t* counter = nullptr;
  std::size_t bytes = sizeof counter;
  return ::mallctl("thread.allocatedp", &counter, &bytes, nullptr, 0) == 0 ? counter : nullptr;
}

}  // namespace

std::optional<std::uint64_t> thread_allocated_bytes() noexcept {
  thread_local const std::uint64_t* const counter = find_counter();
  return counter == nullptr ? std::nullopt : std::optional{*counter};
}

}  // namespace cairn::bus
