// A place for the one asynchronous operation of a kind that a connection has under way, so that reading and
// waiting take nothing from the heap.
//
// Owner: a connection, which outlives its operations. Threads: its core's loop. Bounds: Bytes; an operation
// that is larger, or a second one, goes to the heap and is counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

namespace cairn::net {

// Counted for all connections of a core: in steady state it stands still.
struct HandlerMisses {
  std::uint64_t count = 0;
  std::size_t bytes_max = 0;
};

class HandlerPlace {
 public:
  HandlerPlace(std::byte* place, std::size_t bytes, HandlerMisses& misses)
      : place_(place), bytes_(bytes), misses_(misses) {}
  void* allocate(std::size_t bytes) {
    if (!taken_ && bytes <= bytes_) {
      taken_ = true;
      return place_;
    }
    ++misses_.count;
    if (bytes > misses_.bytes_max) misses_.bytes_max = bytes;
    return ::operator new(bytes);
  }
  void deallocate(void* pointer) {
    if (pointer == place_) {
      taken_ = false;
    } else {
      ::operator delete(pointer);
    }
  }

 private:
  std::byte* place_;
  std::size_t bytes_;
  HandlerMisses& misses_;
  bool taken_ = false;
};

template <std::size_t Bytes>
class HandlerMemory {
 public:
  explicit HandlerMemory(HandlerMisses& misses) : place_(bytes_, Bytes, misses) {}
  HandlerMemory(const HandlerMemory&) = delete;
  HandlerMemory& operator=(const HandlerMemory&) = delete;
  HandlerPlace& place() { return place_; }

 private:
  alignas(std::max_align_t) std::byte bytes_[Bytes];
  HandlerPlace place_;
};

template <class T>
class HandlerAllocator {
 public:
  using value_type = T;
  explicit HandlerAllocator(HandlerPlace& place) : place_(&place) {}
  template <class U>
  HandlerAllocator(const HandlerAllocator<U>& other) : place_(other.place()) {}  // NOLINT: allocators convert
  T* allocate(std::size_t count) { return static_cast<T*>(place_->allocate(count * sizeof(T))); }
  void deallocate(T* pointer, std::size_t) { place_->deallocate(pointer); }
  [[nodiscard]] HandlerPlace* place() const { return place_; }
  friend bool operator==(const HandlerAllocator&, const HandlerAllocator&) = default;

 private:
  HandlerPlace* place_;
};

}  // namespace cairn::net
