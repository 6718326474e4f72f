// Stands in for bus/cell_array.hpp in the explored programs: the explorer is told of every cell that the ring
// itself writes or reads, and cells past the end are refused.
//
// Owner: a Ring. Threads: the explorer's fibers. Bounds: as bus/cell_array.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bus/assert.hpp"
#include "bus/cell.hpp"
#include "tests/model/explorer.hpp"

namespace cairn::bus {

class Cells {
 public:
  Cells(Head* first, std::uint64_t mask) : first_(first), mask_(mask) {}

  [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }
  [[nodiscard]] std::size_t to_end(std::uint64_t position) const { return capacity() - (position & mask_); }
  [[nodiscard]] Head& start(std::uint64_t position, std::size_t cells) const {
    if ((position & mask_) + cells > capacity()) model::fail("a message runs past the end of the ring");
    for (std::size_t i = 0; i < cells; ++i) model::writes(&first_[(position & mask_) + i]);
    return first_[position & mask_] = Head{};
  }
  [[nodiscard]] const Head& read(std::uint64_t position) const {
    const Head& head = first_[position & mask_];
    model::reads(&head);
    if (head.cells == 0 || (position & mask_) + head.cells > capacity())
      model::fail("a head counts cells wrongly");
    return head;
  }

 private:
  Head* first_;
  std::uint64_t mask_;
};

class CellArray {
 public:
  explicit CellArray(std::size_t cells) : first_(cells) {
    CAIRN_ASSERT(cells >= 4 && (cells & (cells - 1)) == 0);
  }

  [[nodiscard]] Cells cells() const { return {first_.data(), first_.size() - 1}; }

 private:
  mutable std::vector<Head> first_;
};

}  // namespace cairn::bus
