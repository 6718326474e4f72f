// The way out of one producer, a core's loop or a thread that is none: its end of a ring to every core for each priority,
// what it keeps back to merge, and its half of the arithmetic.
//
// As rings fill, ambient is dropped first, normal is merged, and vital is refused, so that whoever sends it keeps it; a
// producer never waits here.
//
// Owner: the Exchange. Threads: one producer's, for life. Bounds: the rings; kPendingItemsMax. When full: see above.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bus/annotations.hpp"
#include "bus/event_count.hpp"
#include "bus/limits.hpp"
#include "bus/pending_items.hpp"
#include "bus/pressure.hpp"
#include "bus/ring.hpp"

namespace cairn::bus {

class Outlet {
 public:
  explicit Outlet(std::size_t cores) : ends_(cores) {}
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  // Room for a message to a core, or an empty claim. Ambient finds room only in a ring that is at most half full. What is
  // published is handed over by the next flush().
  [[nodiscard]] Claim claim(std::size_t core, Priority priority, std::size_t bytes);
  void publish(std::size_t core, Priority priority, Claim&& claim CAIRN_TAKES(unconsumed));
  // An ambient message that found no room is given up.
  void drop_ambient() {
    ++pressure_[Priority::kAmbient].enqueued;
    ++pressure_[Priority::kAmbient].dropped;
  }
  // Normal, without bytes: published with the next flush() that finds room, once, however often it was asked for until
  // then. False: too many are pending; it was dropped.
  bool merge(std::size_t core, const Head& item);

  // Hands over everything that was published and is pending, and wakes whoever must see it.
  void flush();

  [[nodiscard]] const Pressure& pressure() const { return pressure_; }
  // Items kept back for want of room.
  [[nodiscard]] std::size_t pending() const { return pending_.count(); }

 private:
  friend class Exchange;
  struct End {
    std::array<Producer*, kPriorities> rings{};
    EventCount* wake = nullptr;  // null: the core's own, which is awake
  };

  // Never written once the Exchange stands.
  std::vector<End> ends_;
  // Written by the producer.
  std::uint64_t touched_ = 0;  // a bit for each core that something was published to since the last flush()
  Pressure pressure_;
  PendingItems pending_;
};

}  // namespace cairn::bus
