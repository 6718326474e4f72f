#include "tests/model/arena.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <new>

namespace cairn::model::arena {

namespace {

constexpr std::size_t kAlign = 128;
alignas(kAlign) std::array<std::uint64_t, kBytes / sizeof(std::uint64_t)> words;
std::size_t next = 0;  // in bytes
bool is_open = false;

void* allocate(std::size_t bytes, std::size_t align) {
  if (!is_open) return std::aligned_alloc(align, (bytes + align - 1) / align * align);
  next = (next + align - 1) / align * align;
  if (next + bytes > kBytes) std::abort();
  void* place = reinterpret_cast<std::byte*>(words.data()) + next;
  next += bytes;
  return place;
}

void release(void* place) noexcept {
  const std::less<> before;
  if (before(place, words.data()) || !before(place, words.data() + words.size())) std::free(place);
}

}  // namespace

void open() {
  std::fill_n(words.begin(), used().size(), 0);
  next = 0;
  is_open = true;
}

void close() { is_open = false; }

std::span<const std::uint64_t> used() { return std::span{words}.first((next + 7) / sizeof(std::uint64_t)); }

}  // namespace cairn::model::arena

using cairn::model::arena::allocate;
using cairn::model::arena::release;

void* operator new(std::size_t bytes) {
  return allocate(std::max<std::size_t>(bytes, 1), alignof(std::max_align_t));
}
void* operator new(std::size_t bytes, std::align_val_t align) {
  return allocate(std::max<std::size_t>(bytes, 1), static_cast<std::size_t>(align));
}
void operator delete(void* place) noexcept { release(place); }
void operator delete(void* place, std::size_t) noexcept { release(place); }
void operator delete(void* place, std::align_val_t) noexcept { release(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { release(place); }
