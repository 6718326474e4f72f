#include "tools/crowd/stream_check.hpp"

#include <algorithm>

namespace cairn::crowd {

void StreamCheck::start_connection() {
  first_ = 0;
  alternative_ = 0;
  skipping_ = false;
  missing_.reset();
}

void StreamCheck::begin(std::uint32_t epoch, std::uint64_t offset) {
  start_connection();
  epoch_ = epoch;
  known_ = true;
  last_ = offset;
  next_ = offset + 1;
}

void StreamCheck::resume() {
  start_connection();
  next_ = 0;
}

void StreamCheck::declare_skip() { skipping_ = true; }

void StreamCheck::apply_snapshot(std::uint32_t epoch, std::uint64_t offset) {
  if (skipping_ || !known_ || epoch != epoch_) {
    begin(epoch, offset);
  } else if (offset > last_) {
    alternative_ = offset + 1;
  }
}

bool StreamCheck::observe_unusual(std::uint64_t offset, StreamFaults& faults) {
  if (skipping_) {
    // Between the declaration and the snapshot what still comes is covered by the snapshot.
    if (offset > last_) last_ = offset;
    return true;
  }
  if (alternative_ != 0 && offset == alternative_) return accept(offset);
  if (next_ == 0) {
    if (offset > last_ + 1) {
      faults.gaps += offset - last_ - 1;
      missing_ = std::make_unique<std::vector<Missing>>(1, Missing{last_ + 1, offset - 1});
    }
    return accept(offset);
  }
  if (offset > next_) {
    faults.gaps += offset - next_;
    if (!missing_) missing_ = std::make_unique<std::vector<Missing>>();
    missing_->push_back({next_, offset - 1});
    return accept(offset);
  }
  if (fill_gap(offset)) {
    // It was not lost after all, it came too late.
    --faults.gaps;
    ++faults.order_errors;
    return true;
  }
  const bool came_before = first_ != 0 && offset >= first_;
  ++(came_before ? faults.duplicates : faults.order_errors);
  return false;
}

bool StreamCheck::fill_gap(std::uint64_t offset) {
  if (!missing_) return false;
  for (Missing& hole : *missing_) {
    if (offset < hole.from || offset > hole.to) continue;
    const Missing above{offset + 1, hole.to};
    hole.to = offset - 1;
    if (above.from <= above.to) missing_->push_back(above);
    std::erase_if(*missing_, [](const Missing& rest) { return rest.from > rest.to; });
    return true;
  }
  return false;
}

}  // namespace cairn::crowd
