// The cells of a ring, found by position: positions count up for ever and wrap into the array.
//
// Owner: a Ring; its two ends each keep a Cells, which is a pointer and a mask. Threads: who may touch which cells is the
// ring's business; tests/model puts a header of this name before this one, which checks that for every cell.
// Bounds: a power of two. When full: does not apply.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "bus/assert.hpp"
#include "bus/cell.hpp"

namespace cairn::bus {

class Cells {
 public:
  Cells(Head* first, std::uint64_t mask) : first_(first), mask_(mask) {}

  [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }
  // Cells from `position` to the array's end.
  [[nodiscard]] std::size_t to_end(std::uint64_t position) const { return capacity() - (position & mask_); }
  // The first of `cells` cells, side by side, that the caller is about to write: a new head stands in it.
  [[nodiscard]] Head& start(std::uint64_t position, [[maybe_unused]] std::size_t cells) const {
    return *new (&first_[position & mask_]) Head{};
  }
  // A head that was written.
  [[nodiscard]] const Head& read(std::uint64_t position) const {
    return *std::launder(&first_[position & mask_]);
  }

 private:
  Head* first_;
  std::uint64_t mask_;
};

class CellArray {
 public:
  explicit CellArray(std::size_t cells)
      : mask_(cells - 1),
        first_(static_cast<Head*>(::operator new (cells* kCellBytes, std::align_val_t{kCellBytes}))) {
    CAIRN_ASSERT(cells >= 4 && (cells & mask_) == 0);
  }

  [[nodiscard]] Cells cells() const { return {first_.get(), mask_}; }

 private:
  struct Free {
    void operator()(Head* cells) const { ::operator delete (cells, std::align_val_t{kCellBytes}); }
  };

  const std::uint64_t mask_;
  const std::unique_ptr<Head[], Free> first_;
};

}  // namespace cairn::bus
