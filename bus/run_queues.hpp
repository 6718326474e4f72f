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
    Queue& q = queues_[queue];
    Place& place = places_[taken];
    CAIRN_ASSERT(message.head().cells <= kMessageCellsMax);
    std::memcpy(place.cells, &message.head(), message.head().cells * kCellBytes);
    place.next = kNone;
    (q.length == 0 ? q.first : places_[q.last].next) = taken;
    q.last = taken;
    ++q.length;
    ++length_;
    return true;
  }

  // Hands out one message of each queue that has any, in turn, until f(const Message&) -> bool returns false (that
  // message stays) or `messages_max` were handled. Returns how many were.
  template <class F>
  std::size_t serve(std::size_t messages_max, F&& f) {
    std::size_t handled = 0;
    std::size_t idle = 0;
    while (handled < messages_max && length_ > 0 && idle < queues_.size()) {
      Queue& q = queues_[turn_];
      if (q.length == 0) {
        ++idle;
      } else {
        const std::uint32_t taken = q.first;
        const Message message{*std::launder(reinterpret_cast<const Head*>(places_[taken].cells))};
        if (!f(message)) return handled;
        release(q, taken);
        ++handled;
        idle = 0;
      }
      turn_ = turn_ + 1 == queues_.size() ? 0 : turn_ + 1;
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
    std::uint32_t first = kNone;
    std::uint32_t last = kNone;
    std::uint32_t length = 0;
  };

  // The place freed last, or else one never used: so only as much memory is touched as was ever queued.
  std::uint32_t take_place() {
    if (free_ == kNone) return fresh_ < kRunQueuePlaces ? fresh_++ : kNone;
    return std::exchange(free_, places_[free_].next);
  }

  void release(Queue& q, std::uint32_t taken) {
    q.first = places_[taken].next;
    --q.length;
    --length_;
    places_[taken].next = free_;
    free_ = taken;
  }

  LazyArray<Place> places_;
  std::vector<Queue> queues_;
  std::uint32_t free_ = kNone;
  std::uint32_t fresh_ = 0;
  std::size_t length_ = 0;
  std::size_t turn_ = 0;
};

}  // namespace cairn::bus
