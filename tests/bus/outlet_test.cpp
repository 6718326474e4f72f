// Goal: as rings fill, ambient is dropped, normal is merged, vital is refused and kept by its sender; and every message is
// accounted for: enqueued = delivered + merged + dropped + queued, by priority, always.
// Breaks when: an item that found no room is forgotten or told twice, two items of different targets become one, a merged
// item keeps its first words instead of the latest, ambient pushes out what matters, or a count is missed.
#include "bus/outlet.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "bus/core.hpp"
#include "bus/mailbox.hpp"
#include "bus/poller.hpp"
#include "bus/random.hpp"

using namespace cairn::bus;

namespace {

constexpr std::uint16_t kKind = 3;

Head item(std::uint32_t target, std::uint64_t words, std::int64_t intended_ns = 0) {
  Head head;
  head.kind = kKind;
  head.target = target;
  head.operands[0] = words;
  head.intended_ns = intended_ns;
  return head;
}

bool send(Outlet& out, std::size_t core, Priority priority, std::uint32_t target, std::size_t bytes = 0) {
  Claim claim = out.claim(core, priority, bytes);
  if (!claim) return false;
  claim.head().kind = kKind;
  claim.head().target = target;
  out.publish(core, priority, std::move(claim));
  return true;
}

// A core whose handler only notes what came, and can be told to handle nothing.
class Listener final : public CoreHandler {
 public:
  void on_committed(const Message& /*message*/) override {}
  bool on_folded() override { return false; }
  std::size_t queue_of(const Message& message) override { return message.head().target % 4; }
  bool on_message(const Message& message) override {
    if (is_stopped) return false;
    heard.push_back(message.head());
    return true;
  }
  bool on_idle_work() override { return false; }
  std::int64_t park_ns_max() override { return 0; }

  std::vector<Head> heard;
  bool is_stopped = false;
};

// Two cores and a lane, turned by the test.
struct House {
  House() {
    for (std::size_t i = 0; i < 2; ++i) cores[i]->attach(listeners[i]);
  }
  Exchange exchange{2, 1};
  ReaderEpochs epochs{2};
  VirtualClock clock{0};
  FdPoller poller;
  std::array<Listener, 2> listeners;
  std::array<std::unique_ptr<Core>, 2> cores{std::make_unique<Core>(0, exchange, epochs, 4, clock, poller),
                                             std::make_unique<Core>(1, exchange, epochs, 4, clock, poller)};
  Outlet& lane = exchange.lane(0);

  void settle() {
    for (int turn = 0; turn < 10'000; ++turn) {
      lane.flush();
      cores[0]->turn();
      cores[1]->turn();
    }
  }
  Pressure pressure() {
    Pressure sum = lane.pressure();
    for (const auto& core : cores) sum += core->pressure();
    return sum;
  }
};

}  // namespace

TEST_CASE("eight thousand triggers of one opening are one message, with the latest words and the first one's time") {
  House house;
  for (std::uint64_t i = 0; i < 8'000; ++i) CHECK(house.lane.merge(1, item(7, i, static_cast<std::int64_t>(100 + i))));
  house.settle();
  REQUIRE(house.listeners[1].heard.size() == 1);
  CHECK(house.listeners[1].heard[0].operands[0] == 7'999);
  CHECK(house.listeners[1].heard[0].intended_ns == 100);
  CHECK(house.listeners[1].heard[0].priority == Priority::kNormal);
  CHECK(house.pressure()[Priority::kNormal].merged == 7'999);
  CHECK(house.pressure()[Priority::kNormal].queued() == 0);
}

TEST_CASE("items of different targets, kinds and cores stay apart") {
  House house;
  Head other_kind = item(1, 30);
  other_kind.kind = kKind + 1;
  CHECK(house.lane.merge(0, item(1, 10)));
  CHECK(house.lane.merge(0, item(2, 20)));
  CHECK(house.lane.merge(0, other_kind));
  CHECK(house.lane.merge(1, item(1, 40)));
  house.settle();
  CHECK(house.listeners[0].heard.size() == 3);
  CHECK(house.listeners[1].heard.size() == 1);
  CHECK(house.pressure()[Priority::kNormal].merged == 0);
}

TEST_CASE("an item that was told is new when it is marked again") {
  House house;
  for (std::uint64_t i = 0; i < 3; ++i) {
    CHECK(house.lane.merge(1, item(7, i)));
    house.settle();
  }
  CHECK(house.listeners[1].heard.size() == 3);
}

TEST_CASE("an item that finds a full ring waits, goes on merging, and is told once there is room") {
  House house;
  house.listeners[1].is_stopped = true;
  // Distinct targets, until neither ring nor run queues of the core have any place left.
  std::uint32_t target = 1'000;
  while (house.lane.pending() == 0) {
    house.lane.merge(1, item(target++, 0));
    house.lane.flush();
    house.cores[1]->turn();
  }
  CHECK(house.lane.merge(1, item(7, 1)));
  house.lane.flush();
  CHECK(house.lane.merge(1, item(7, 2)));
  CHECK(house.pressure()[Priority::kNormal].queued() == target - 1'000 + 1);
  house.listeners[1].is_stopped = false;
  house.settle();
  CHECK(house.lane.pending() == 0);
  CHECK(house.listeners[1].heard.size() == target - 1'000 + 1);
  CHECK(std::ranges::count_if(house.listeners[1].heard, [](const Head& head) { return head.target == 7; }) == 1);
  CHECK(house.listeners[1].heard.back().operands[0] == 2);
  CHECK(house.pressure()[Priority::kNormal].queued() == 0);
}

TEST_CASE("more items than can be kept back are dropped and counted") {
  House house;
  for (std::uint32_t target = 0; target < kPendingItemsMax; ++target) CHECK(house.lane.merge(0, item(target, 0)));
  CHECK_FALSE(house.lane.merge(0, item(99'999, 0)));
  CHECK(house.lane.merge(0, item(5, 1)));
  house.settle();
  CHECK(house.listeners[0].heard.size() == kPendingItemsMax);
  const Pressure::Counts counts = house.pressure()[Priority::kNormal];
  CHECK(counts.enqueued == kPendingItemsMax + 2);
  CHECK(counts.dropped == 1);
  CHECK(counts.merged == 1);
  CHECK(counts.queued() == 0);
}

TEST_CASE("ambient gives up at half a ring, when vital still finds room") {
  House house;
  std::size_t sent = 0;
  while (send(house.lane, 1, Priority::kAmbient, 1)) ++sent;
  CHECK(sent > 0);
  CHECK(sent <= kCommandRingCells / 2 + 1);
  house.lane.drop_ambient();
  CHECK(send(house.lane, 1, Priority::kVital, 1));
  CHECK(house.pressure()[Priority::kAmbient].dropped == 1);
  CHECK(house.pressure()[Priority::kAmbient].queued() == sent);
  house.settle();
  CHECK(house.pressure()[Priority::kAmbient].queued() == 0);
  CHECK(house.listeners[1].heard.size() == sent + 1);
}

TEST_CASE("vital is refused by a full ring and never dropped") {
  House house;
  std::size_t sent = 0;
  while (send(house.lane, 1, Priority::kVital, 1, kMessageBytesMax)) ++sent;
  CHECK(sent == kCommandRingCells / kMessageCellsMax);
  house.settle();
  CHECK(house.listeners[1].heard.size() == sent);
  CHECK(house.pressure()[Priority::kVital].dropped == 0);
}

TEST_CASE("whatever is sent in whatever order, the arithmetic adds up at every step") {
  House house;
  SeededRandom random{7};
  std::array<std::uint64_t, kPriorities> under_way{};
  for (int step = 0; step < 50'000; ++step) {
    Outlet& out = random.next() % 2 == 0 ? house.lane : house.cores[random.next() % 2]->out();
    const std::size_t core = random.next() % 2;
    const auto target = static_cast<std::uint32_t>(random.next() % 8);
    switch (random.next() % 8) {
      case 0: send(out, core, Priority::kVital, target, random.next() % kMessageBytesMax); break;
      case 1:
        if (!send(out, core, Priority::kAmbient, target)) out.drop_ambient();
        break;
      case 2:
      case 3: out.merge(core, item(target, 1)); break;
      case 4: out.flush(); break;
      case 5: house.listeners[core].is_stopped = random.next() % 3 == 0; break;
      default: house.cores[core]->turn(); break;
    }
    const Pressure pressure = house.pressure();
    std::uint64_t handled = 0;
    for (std::size_t p = 0; p < kPriorities; ++p) {
      under_way[p] = pressure.by_priority[p].queued();
      handled += pressure.by_priority[p].delivered;
      // A sum that had gone below nothing would be enormous.
      REQUIRE(under_way[p] <= pressure.by_priority[p].enqueued);
    }
    REQUIRE(handled == house.listeners[0].heard.size() + house.listeners[1].heard.size());
  }
  for (Listener& listener : house.listeners) listener.is_stopped = false;
  house.settle();
  for (std::size_t p = 0; p < kPriorities; ++p) CHECK(house.pressure().by_priority[p].queued() == 0);
}
