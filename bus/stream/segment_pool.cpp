#include "bus/stream/segment_pool.hpp"

#include "bus/assert.hpp"

namespace cairn::bus {

SegmentPool::SegmentPool(std::size_t segment_bytes, ReaderEpochs& epochs)
    : segment_bytes_(segment_bytes), epochs_(epochs) {
  CAIRN_ASSERT(segment_bytes > 0);
}

SegmentPool::~SegmentPool() = default;

Segment* SegmentPool::take() {
  reclaim();
  if (free_.empty()) {
    auto segment = std::make_unique<Segment>();
    // Not cleared: pages that no frame has touched cost no memory.
    segment->bytes.reset(new std::byte[segment_bytes_]);
    all_.push_back(std::move(segment));
    return all_.back().get();
  }
  Segment* segment = free_.back();
  free_.pop_back();
  return segment;
}

void SegmentPool::retire(Segment* segment) {
  segment->retired_at = epochs_.publish();
  retired_.push_back(segment);
}

void SegmentPool::give_back(Segment* segment) { free_.push_back(segment); }

void SegmentPool::reclaim() {
  while (retired_first_ < retired_.size() && epochs_.acknowledged(retired_[retired_first_]->retired_at)) {
    free_.push_back(retired_[retired_first_++]);
  }
  // Each element is moved down at most once per doubling, so this stays cheap.
  if (retired_first_ * 2 >= retired_.size()) {
    retired_.erase(retired_.begin(), retired_.begin() + static_cast<std::ptrdiff_t>(retired_first_));
    retired_first_ = 0;
  }
}

}  // namespace cairn::bus
