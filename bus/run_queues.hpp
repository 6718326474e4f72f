// What a core has taken from its rings and not yet handled: one queue per district, and for teams, hunt and view,
// served in turn, so that a flood for one delays no other.
//
// A message is copied once more into a place of a pool, which frees its ring at once.
// Owner: a Core. Threads: its loop. Bounds: kRunQueuePlaces for all queues together, which is what admission can have
// under way. When full: push() refuses, the message stays in its ring, and the ring pushes back on whoever fills it.
#pragma once

#include <cstdint>
#include <cstring>
#include <new>
#include <utility>
#include <vector>

#include "bus/assert.hpp"
#include "bus/lazy_array.hpp"
#include "bus/limits.hpp"
#include "bus/ring.hpp"

namespace cairn::bus {

class RunQueues {
 public:
  explicit RunQueues(std::size_t queues) : places_(kRunQueuePlaces), queues_(queues) {}

  [[nodiscard]] bool push(std::size_t queue, const Message& message) {
    const std::uint32_t taken = take_place();
    if (taken == kNone) return false;
    Place& place = places_[taken];
    CAIRN_ASSERT(message.head().cells <= kMessageCellsMax);
    std::memcpy(place.cells, &message.head(), message.head().cells * kCellBytes);
    place.next = kNone;
    Queue& q = queues_[queue];
    if (q.first == kNone) {
      q.first = taken;
      line_up(static_cast<std::uint32_t>(queue));
    } else {
      places_[q.last].next = taken;
    }
    q.last = taken;
    ++length_;
    return true;
  }

  // Hands out one message of each queue that has any, in turn, until f(const Message&) -> bool returns false (that
  // message stays first) or `messages_max` were handled. Returns how many were.
  template <class F>
  std::size_t serve(std::size_t messages_max, F&& f) {
    std::size_t handled = 0;
    for (; handled < messages_max && first_in_line_ != kNone; ++handled) {
      Queue& q = queues_[first_in_line_];
      const std::uint32_t taken = q.first;
      const Message message{*std::launder(reinterpret_cast<const Head*>(places_[taken].cells))};
      if (!f(message)) return handled;
      q.first = places_[taken].next;
      places_[taken].next = std::exchange(free_, taken);
      --length_;
      const std::uint32_t served = std::exchange(first_in_line_, q.next_in_line);
      if (q.first != kNone) line_up(served);
    }
    return handled;
  }

  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffffU;

  struct Place {
    alignas(kCellBytes) std::byte cells[kMessageCellsMax * kCellBytes];
    std::uint32_t next;
  };
  struct Queue {
    std::uint32_t first = kNone;  // a place
    std::uint32_t last = kNone;
    std::uint32_t next_in_line = kNone;  // a queue
  };

  // The place freed last, or else one never used: so only as much memory is touched as was ever queued.
  std::uint32_t take_place() {
    if (free_ == kNone) return fresh_ < kRunQueuePlaces ? fresh_++ : kNone;
    return std::exchange(free_, places_[free_].next);
  }

  // Only queues that hold something stand in line: what a message costs does not depend on how many others there are.
  void line_up(std::uint32_t queue) {
    queues_[queue].next_in_line = kNone;
    (first_in_line_ == kNone ? first_in_line_ : queues_[last_in_line_].next_in_line) = queue;
    last_in_line_ = queue;
  }

  LazyArray<Place> places_;
  std::vector<Queue> queues_;
  std::uint32_t free_ = kNone;
  std::uint32_t fresh_ = 0;
  std::size_t length_ = 0;
  std::uint32_t first_in_line_ = kNone;
  std::uint32_t last_in_line_ = kNone;
};

}  // namespace cairn::bus
