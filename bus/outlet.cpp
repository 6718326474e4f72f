#include "bus/outlet.hpp"

#include <bit>
#include <utility>

#include "bus/assert.hpp"
#include "bus/quirks.hpp"

namespace cairn::bus {

Claim Outlet::claim(std::size_t core, Priority priority, std::size_t bytes) {
  CAIRN_ASSERT(bytes <= kMessageBytesMax);
  if (strikes(Quirk::kRingSeemsFull)) return {};
  Producer& ring = *ends_[core].rings[static_cast<std::size_t>(priority)];
  if (priority == Priority::kAmbient && !ring.has_room(ring.capacity() / 2)) return {};
  Claim claim = ring.claim(bytes);
  if (claim) claim.head().priority = priority;
  return claim;
}

void Outlet::publish(std::size_t core, Priority priority, Claim&& claim CAIRN_TAKES(unconsumed)) {
  ++pressure_[priority].enqueued;
  touched_ |= std::uint64_t{1} << core;
  ends_[core].rings[static_cast<std::size_t>(priority)]->publish(std::move(claim));
}

bool Outlet::merge(std::size_t core, const Head& item) {
  Pressure::Counts& counts = pressure_[Priority::kNormal];
  ++counts.enqueued;
  switch (pending_.mark(core, item)) {
    case PendingItems::Marked::kNew: return true;
    case PendingItems::Marked::kMerged: ++counts.merged; return true;
    case PendingItems::Marked::kFull: break;
  }
  ++counts.dropped;
  return false;
}

void Outlet::flush() {
  if (pending_.count() > 0)
    pending_.publish([this](std::size_t core, const Head& item) {
      Producer& ring = *ends_[core].rings[static_cast<std::size_t>(Priority::kNormal)];
      Claim claim = ring.claim(0);
      if (!claim) return false;
      Head& head = claim.head();
      head = item;
      head.priority = Priority::kNormal;
      head.cells = 1;
      head.bytes = 0;
      ring.publish(std::move(claim));
      touched_ |= std::uint64_t{1} << core;
      return true;
    });
  for (; touched_ != 0; touched_ &= touched_ - 1) {
    const End& end = ends_[static_cast<std::size_t>(std::countr_zero(touched_))];
    bool any = false;
    for (Producer* ring : end.rings) any |= ring->flush();
    if (any && end.wake != nullptr) end.wake->notify();
  }
}

}  // namespace cairn::bus
