// The memory that an explored program sees: atomics as C++ orders them, and cells that are watched for races.
//
// An atomic keeps all its stores. What a thread has seen so far (its View) says which it may still read; a
// release passes on what its thread had seen, an acquire takes it over. Clocks say in the same way what
// happens before what.
//
// Owner: the Explorer. Threads: one. Bounds: kThreadsMax, kLocationsMax. When full: it aborts.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/model/explorer.hpp"

namespace cairn::model {

class Memory {
 public:
  Memory();
  void reset();
  void set_threads(std::size_t threads) { threads_ = threads; }
  void end(std::size_t thread) { seen_[thread].ended = true; }

  // --- atomics ---
  std::size_t add_location(std::uint64_t value);
  // The one value before any thread runs.
  std::uint64_t& initial(std::size_t location) { return locations_[location].stores.back().value; }
  [[nodiscard]] std::uint64_t newest(std::size_t location) const {
    return locations_[location].stores.back().value;
  }
  // How many stores a load may return now; 0 is the newest.
  [[nodiscard]] std::size_t readable(std::size_t thread, std::size_t location, std::memory_order order) const;
  std::uint64_t read(std::size_t thread, std::size_t location, std::size_t age, std::memory_order order);
  // continues: a read-modify-write, which passes on what the store before it released.
  void append(std::size_t thread, std::size_t location, std::uint64_t value, std::memory_order order,
              bool continues);
  // Whether there is a store that the thread has not seen; and makes it see one more of each location.
  [[nodiscard]] bool is_behind(std::size_t thread) const;
  void catch_up_by_one(std::size_t thread);

  // --- cells ---
  // What is wrong with it, or nothing.
  [[nodiscard]] const char* access(std::size_t thread, const void* address, bool writes);

  // Of everything above, as far as it can still make a difference.
  [[nodiscard]] std::uint64_t signature();

 private:
  // How much each thread had done.
  using Clock = std::array<std::uint32_t, kThreadsMax>;
  // The oldest store of each location that may still be read.
  using View = std::array<std::uint16_t, kLocationsMax>;

  struct Seen {
    Clock clock{};
    View view{};
    bool ended = false;
  };
  struct Store {
    std::uint64_t value = 0;
    Clock clock{};  // what whoever acquires it learns
    View view{};
  };
  struct Location {
    std::vector<Store> stores;    // in modification order
    std::size_t newest_in_s = 0;  // no seq_cst load from now on may return an older one
  };
  struct Cell {
    const void* address;
    std::size_t writer;
    std::uint32_t written;
    Clock read;
  };

  template <class T>
  static void raise(T& to, const T& other) {
    for (std::size_t i = 0; i < to.size(); ++i)
      if (to[i] < other[i]) to[i] = other[i];
  }
  void find_bases();
  void find_ranks();
  void rank(std::size_t thread, std::uint32_t clock);
  [[nodiscard]] std::uint64_t ranked(std::size_t thread, std::uint32_t clock) const;
  [[nodiscard]] std::uint64_t of_view(const View& view) const;
  [[nodiscard]] std::uint64_t of_clock(const Clock& clock) const;

  std::size_t threads_ = 0;
  std::array<Seen, kThreadsMax> seen_;
  std::array<Location, kLocationsMax> locations_;
  std::size_t locations_count_ = 0;
  std::vector<Cell> cells_;
  // Scratch of signature().
  View bases_{};  // what every thread has left behind
  Clock known_to_all_{};
  std::array<std::vector<std::uint32_t>, kThreadsMax> ranks_;  // by thread, what is newer than that, sorted
};

}  // namespace cairn::model
