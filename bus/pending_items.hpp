// What a producer keeps back to merge: one item for each (core, kind, target), of which the latest words count. An item
// that is marked again before it could be published becomes one with the one that waits; so 8,000 triggers of one opening
// are one message.
//
// Owner: an Outlet. Threads: its producer's. Bounds: kPendingItemsMax items. When full: mark() says so, and the item is
// the caller's to drop; it is work that can be asked for again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "bus/cell.hpp"
#include "bus/limits.hpp"

namespace cairn::bus {

class PendingItems {
 public:
  enum class Marked : std::uint8_t { kNew, kMerged, kFull };

  Marked mark(std::size_t core, const Head& item) {
    std::size_t slot = slot_of(core, item);
    for (; index_[slot] != 0; slot = (slot + 1) % index_.size()) {
      Item& known = items_[index_[slot] - 1U];
      if (known.core != core || known.head.kind != item.kind || known.head.target != item.target) continue;
      // The first one's time stands: whoever waits longest is the one that is measured.
      const std::int64_t intended_ns = known.head.intended_ns;
      known.head = item;
      known.head.intended_ns = intended_ns;
      return Marked::kMerged;
    }
    if (count_ == items_.size()) return Marked::kFull;
    items_[count_++] = {item, static_cast<std::uint32_t>(core), static_cast<std::uint32_t>(slot)};
    index_[slot] = static_cast<std::uint16_t>(count_);
    return Marked::kNew;
  }

  // Calls publish(core, head) -> bool for each item, oldest first; those that found no room stay.
  template <class Publish>
  void publish(Publish&& publish) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      index_[items_[i].slot] = 0;
      if (!publish(std::size_t{items_[i].core}, items_[i].head)) items_[kept++] = items_[i];
    }
    count_ = kept;
    for (std::size_t i = 0; i < kept; ++i) index_again(i);
  }

  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  struct Item {
    Head head;
    std::uint32_t core;
    std::uint32_t slot;  // in index_
  };

  std::size_t slot_of(std::size_t core, const Head& item) const {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, vol. 3, 6.4).
    const std::uint64_t key = std::uint64_t{item.target} << 24U | std::uint64_t{item.kind} << 8U | core;
    return static_cast<std::size_t>(key * 0x9e3779b97f4a7c15ULL >> 32U) % index_.size();
  }
  void index_again(std::size_t i) {
    std::size_t slot = slot_of(items_[i].core, items_[i].head);
    while (index_[slot] != 0) slot = (slot + 1) % index_.size();
    index_[slot] = static_cast<std::uint16_t>(i + 1);
    items_[i].slot = static_cast<std::uint32_t>(slot);
  }

  std::array<Item, kPendingItemsMax> items_{};
  // Half empty at least, so that a look at it is short. 0: nothing; else an item's place plus one.
  std::array<std::uint16_t, 2 * kPendingItemsMax> index_{};
  std::size_t count_ = 0;
};

}  // namespace cairn::bus
