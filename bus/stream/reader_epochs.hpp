// When memory that readers may still look at is free again. The writer unlinks something and publishes a new
// epoch; each core acknowledges once per turn of its loop. Between turns a core holds positions only, no
// pointers, so what was unlinked before an epoch is nobody's any more when every core has acknowledged that
// epoch.
//
// A core that is about to wait for long calls park() and, before it looks at any log again, acknowledge(): a
// parked core holds nobody up.
//
// Owner: StreamSet. Threads: one writer (the journal's thread); core c calls acknowledge(c) and park(c).
// Bounds: one padded line per core. When full: does not apply.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>

#include "bus/assert.hpp"
#include "bus/limits.hpp"

namespace cairn::bus {

class ReaderEpochs {
 public:
  // Every core counts as parked until its first acknowledge().
  explicit ReaderEpochs(std::size_t cores) : cores_(cores), seen_(std::make_unique<Seen[]>(cores)) {}

  // --- writer ---
  // What was unlinked before this call may be used again when acknowledged(the epoch returned).
  std::uint64_t publish() {
    ++published_;
    // release: the unlinking before it is visible to a core that acknowledges this epoch. [epoch-release]
    epoch_.store(published_, std::memory_order_release);
    return published_;
  }

  [[nodiscard]] bool acknowledged(std::uint64_t epoch) {
    if (slowest_ >= epoch) return true;
    std::uint64_t slowest = kParked;
    for (std::size_t core = 0; core < cores_; ++core) {
      // acq_rel: acquire pairs with [seen-release], so that a core's reads are over before memory is used
      // again. A read-modify-write, because a plain load could miss a core that has just left kParked: of
      // this one and the exchange in acknowledge() one comes first; either we see the core, or it sees what
      // we unlinked. [unpark]
      slowest = std::min(slowest, seen_[core].epoch.fetch_add(0, std::memory_order_acq_rel));
    }
    // A core that wakes later sees all that was unlinked before our fetch_add, so what is known now stays
    // true.
    slowest_ = std::min(slowest, published_);
    return slowest_ >= epoch;
  }

  // --- core `core` ---
  // Once per turn, at its start: this core holds no pointer that it got before.
  void acknowledge(std::size_t core) {
    CAIRN_ASSERT(core < cores_);
    std::atomic<std::uint64_t>& mine = seen_[core].epoch;
    // acquire pairs with [epoch-release]: from here on this core sees all that was unlinked before that
    // epoch.
    const std::uint64_t epoch = epoch_.load(std::memory_order_acquire);
    // relaxed: this core is the only one that changes the value (the writer's fetch_add adds nothing).
    const std::uint64_t before = mine.load(std::memory_order_relaxed);
    if (before == epoch) return;
    // acq_rel: the release half makes this core's earlier reads visible as done [seen-release]; acquire pairs
    // with the writer's fetch_add [unpark].
    mine.exchange(epoch, std::memory_order_acq_rel);
  }

  // Before a wait of any length: nobody waits for this core until it acknowledges again.
  void park(std::size_t core) {
    CAIRN_ASSERT(core < cores_);
    // release: this core's earlier reads are visible as done. [seen-release]
    seen_[core].epoch.store(kParked, std::memory_order_release);
  }

 private:
  static constexpr std::uint64_t kParked = std::numeric_limits<std::uint64_t>::max();
  struct alignas(kFalseSharingBytes) Seen {
    std::atomic<std::uint64_t> epoch{kParked};
  };

  const std::size_t cores_;
  const std::unique_ptr<Seen[]> seen_;
  // Written by the writer.
  alignas(kFalseSharingBytes) std::atomic<std::uint64_t> epoch_{0};
  std::uint64_t published_ = 0;
  std::uint64_t slowest_ = 0;
};

}  // namespace cairn::bus
