// An array as large as admission allows, of which only what is touched takes memory: zeroed pages straight from the
// kernel, so that state grows without the heap and without moving.
//
// Owner: whoever holds it. Threads: as T. Bounds: the count given. T must be valid as zero bytes.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <type_traits>
#include <utility>

#include "bus/assert.hpp"

namespace cairn::bus {

template <class T>
class LazyArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  LazyArray() = default;
  explicit LazyArray(std::size_t count) : count_(count) {
    if (count == 0) return;
    void* pages = ::mmap(nullptr, count * sizeof(T), PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    CAIRN_ASSERT(pages != MAP_FAILED);
    items_ = static_cast<T*>(pages);
  }
  LazyArray(LazyArray&& other) noexcept
      : items_(std::exchange(other.items_, nullptr)), count_(std::exchange(other.count_, 0)) {}
  LazyArray& operator=(LazyArray&& other) noexcept {
    std::swap(items_, other.items_);
    std::swap(count_, other.count_);
    return *this;
  }
  ~LazyArray() {
    if (items_ != nullptr) ::munmap(items_, count_ * sizeof(T));
  }

  [[nodiscard]] T& operator[](std::size_t i) {
    CAIRN_ASSERT(i < count_);
    return items_[i];
  }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    CAIRN_ASSERT(i < count_);
    return items_[i];
  }
  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  T* items_ = nullptr;
  std::size_t count_ = 0;
};

}  // namespace cairn::bus
