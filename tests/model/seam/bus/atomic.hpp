// Stands in for bus/atomic.hpp in the explored programs: every operation is a step that the explorer decides
// about.
//
// Owner: whoever holds it. Threads: the explorer's fibers. Bounds: values of at most 8 bytes.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "tests/model/explorer.hpp"

namespace cairn::bus {

template <class T>
class Atomic {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(std::uint64_t));

 public:
  Atomic(T value) : location_(model::add_location(bits(value))) {}  // NOLINT: as std::atomic
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  // The place is the caller's: it names the line of bus/ in a trace.
  T load(std::memory_order order, const char* file = __builtin_FILE(), int line = __builtin_LINE()) const {
    return value(model::load(location_, order, {file, line}));
  }
  void store(T desired, std::memory_order order, const char* file = __builtin_FILE(),
             int line = __builtin_LINE()) {
    model::store(location_, bits(desired), order, {file, line});
  }
  T exchange(T desired, std::memory_order order, const char* file = __builtin_FILE(),
             int line = __builtin_LINE()) {
    return value(model::exchange(location_, bits(desired), order, {file, line}));
  }
  bool compare_exchange_weak(T& expected, T desired, std::memory_order success, std::memory_order failure,
                             const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    std::uint64_t seen = bits(expected);
    const bool done = model::compare_exchange(location_, seen, bits(desired), success, failure, {file, line});
    expected = value(seen);
    return done;
  }

 private:
  static std::uint64_t bits(T value) {
    std::uint64_t all = 0;
    std::memcpy(&all, &value, sizeof value);
    return all;
  }
  static T value(std::uint64_t all) {
    T value;
    std::memcpy(&value, &all, sizeof value);
    return value;
  }

  const std::size_t location_;
};

}  // namespace cairn::bus
