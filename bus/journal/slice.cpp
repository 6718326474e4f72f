#include "bus/journal/slice.hpp"

#include <algorithm>

#include "bus/assert.hpp"
#include "bus/journal/journal.hpp"
#include "bus/limits.hpp"

namespace cairn::bus {

void Slice::ask(std::uint64_t behind) {
  CAIRN_ASSERT(is_ready());
  // relaxed: the push below makes it visible to the journal's thread, together with what it says.
  ready_.store(false, std::memory_order_relaxed);
  behind_ = behind;
  journal_.push(*this);
}

void Slice::run_job() {
  rows_.clear();
  failure_.reset();
  const std::uint64_t last = std::min(journal_.committed(), behind_ + kSliceRows);
  if (auto copied = journal_.store_.copy(behind_, last, rows_); !copied) failure_ = std::move(copied).error();
  // seq_cst [slice-release] [park]: the rows are visible to the asker, and the store comes before the load in notify().
  ready_.store(true, std::memory_order_seq_cst);
  asker_.notify();
}

}  // namespace cairn::bus
