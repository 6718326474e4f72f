#include "bus/stream/stream_set.hpp"

#include "bus/assert.hpp"

namespace cairn::bus {
namespace {

constexpr std::size_t kind_of(std::uint32_t id) { return id >> 28U; }
constexpr std::uint32_t index_of(std::uint32_t id) { return id & 0x0fff'ffffU; }

}  // namespace

StreamSet::StreamSet(const std::array<std::uint32_t, kStreamKinds>& counts, std::size_t cores,
                     const std::array<StreamWindow, kStreamKinds>& windows)
    : epochs_(cores) {
  for (std::size_t k = 0; k < kStreamKinds; ++k) {
    Kind& kind = kinds_[k];
    kind.count = counts[k];
    kind.window = windows[k];
    kind.logs = std::make_unique<std::atomic<StreamLog*>[]>(counts[k]);
    for (std::size_t other = 0; other < k; ++other) {
      if (windows[other].segment_bytes == windows[k].segment_bytes) kind.pool = kinds_[other].pool;
    }
    if (kind.pool == nullptr) {
      pools_[k] = std::make_unique<SegmentPool>(windows[k].segment_bytes, epochs_);
      kind.pool = pools_[k].get();
    }
  }
}

StreamSet::~StreamSet() {
  for (Kind& kind : kinds_) {
    for (std::uint32_t i = 0; i < kind.count; ++i) {
      // relaxed: the writer has ended; whoever destroys the set has joined it.
      delete kind.logs[i].load(std::memory_order_relaxed);
    }
  }
}

StreamLog& StreamSet::log(std::uint32_t id) {
  CAIRN_ASSERT(kind_of(id) < kStreamKinds);
  Kind& kind = kinds_[kind_of(id)];
  CAIRN_ASSERT(index_of(id) < kind.count);
  std::atomic<StreamLog*>& slot = kind.logs[index_of(id)];
  // relaxed: the writer alone stores here.
  StreamLog* log = slot.load(std::memory_order_relaxed);
  if (log == nullptr) {
    log = std::make_unique<StreamLog>(*kind.pool, kind.window.segments_max).release();
    // release: a reader that finds the pointer sees the log as constructed. [log-release]
    slot.store(log, std::memory_order_release);
  }
  return *log;
}

const StreamLog* StreamSet::find(std::uint32_t id) const noexcept {
  CAIRN_ASSERT(kind_of(id) < kStreamKinds);
  const Kind& kind = kinds_[kind_of(id)];
  CAIRN_ASSERT(index_of(id) < kind.count);
  // acquire pairs with [log-release].
  return kind.logs[index_of(id)].load(std::memory_order_acquire);
}

std::size_t StreamSet::segments_allocated() const {
  std::size_t sum = 0;
  for (const auto& pool : pools_) sum += pool ? pool->allocated() : 0;
  return sum;
}

std::size_t StreamSet::segments_waiting() const {
  std::size_t sum = 0;
  for (const auto& pool : pools_) sum += pool ? pool->waiting() : 0;
  return sum;
}

}  // namespace cairn::bus
