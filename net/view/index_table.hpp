// Finds a small number by a 64-bit key: linear probing in a table of a fixed size, erased by shifting back,
// so that it never fills with what is gone.
//
// Owner: the view. Threads: its core's. Bounds: the count given; more is the caller's error. Keys must be
// spread already (the first bytes of a SHA-256), or be mixed with mix().
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "bus/assert.hpp"
#include "bus/lazy_array.hpp"

namespace cairn::net {

constexpr std::uint64_t mix(std::uint64_t key) {
  key = (key ^ (key >> 30U)) * 0xbf58476d1ce4e5b9U;
  key = (key ^ (key >> 27U)) * 0x94d049bb133111ebU;
  return key ^ (key >> 31U);
}

class IndexTable {
 public:
  explicit IndexTable(std::size_t count_max)
      : cells_(std::bit_ceil(count_max * 2 + 2)), mask_(cells_.size() - 1), count_max_(count_max) {}

  void insert(std::uint64_t key, std::uint32_t value) {
    CAIRN_ASSERT(count_ < count_max_);
    std::size_t i = key & mask_;
    while (cells_[i].value_plus_one != 0) i = (i + 1) & mask_;
    cells_[i] = {key, value + 1};
    ++count_;
  }

  // The first value under `key` that is_it(value) accepts.
  template <class F>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t key, F&& is_it) const {
    for (std::size_t i = key & mask_; cells_[i].value_plus_one != 0; i = (i + 1) & mask_)
      if (cells_[i].key == key && is_it(cells_[i].value_plus_one - 1)) return cells_[i].value_plus_one - 1;
    return std::nullopt;
  }

  void erase(std::uint64_t key, std::uint32_t value) {
    std::size_t hole = key & mask_;
    while (cells_[hole].key != key || cells_[hole].value_plus_one != value + 1) {
      if (cells_[hole].value_plus_one == 0) return;
      hole = (hole + 1) & mask_;
    }
    for (std::size_t i = (hole + 1) & mask_; cells_[i].value_plus_one != 0; i = (i + 1) & mask_) {
      // A cell may move back only to a place that its own search passes.
      if (((i - cells_[i].key) & mask_) < ((i - hole) & mask_)) continue;
      cells_[hole] = cells_[i];
      hole = i;
    }
    cells_[hole] = {};
    --count_;
  }

  [[nodiscard]] std::size_t size() const { return count_; }

 private:
  struct Cell {
    std::uint64_t key = 0;
    std::uint32_t value_plus_one = 0;  // 0: empty
  };
  bus::LazyArray<Cell> cells_;
  std::size_t mask_;
  std::size_t count_max_;
  std::size_t count_ = 0;
};

}  // namespace cairn::net
