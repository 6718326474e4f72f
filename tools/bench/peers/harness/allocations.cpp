#include "tools/bench/peers/harness/allocations.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

// A slot a thread, as long as there are enough, so that counting does not make threads meet.
struct alignas(128) Slot {
  std::atomic<std::uint64_t> bytes{0};
  std::atomic<std::uint64_t> count{0};
};
constexpr std::size_t kSlots = 64;
constinit std::array<Slot, kSlots> slots;
constinit std::atomic<std::size_t> threads{0};
constinit thread_local Slot* mine = nullptr;

void* counted(void* memory, std::size_t bytes) {
  if (memory == nullptr) throw std::bad_alloc{};
  if (mine == nullptr) mine = &slots[threads++ % kSlots];
  mine->bytes += bytes;
  ++mine->count;
  return memory;
}

}  // namespace

namespace cairn::bench {

Allocations allocations_so_far() {
  Allocations sum;
  for (const Slot& slot : slots) {
    sum.bytes += slot.bytes;
    sum.count += slot.count;
  }
  return sum;
}

}  // namespace cairn::bench

// The array and nothrow forms end in these.
void* operator new(std::size_t bytes) { return counted(std::malloc(bytes), bytes); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  const auto align = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(align, (bytes + align - 1) / align * align), bytes);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
