// Goal: whenever the power goes, and whatever of the unsynced writes then reaches the disk, every acknowledged entry
// is there afterwards, a group commit is there whole or not at all, and nothing is refused that lost nothing. Breaks:
// every legal image after every write, sync and change of names of recorded evenings; chains of cuts by seed.
#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "bus/clock.hpp"
#include "tests/durability/durable_world.hpp"
#include "tools/world/disk/durable_disk.hpp"

using namespace cairn;
using namespace cairn::bus;
using namespace cairn::test;
using namespace cairn::world;

namespace {

// A life of a hunt on a disk that records, and what was promised after how many operations.
class Evening {
 public:
  Evening() { disk_.record(true); }

  void opens() { store_ = open_on(disk_); }
  void appends(std::uint64_t count) {
    promise_.will_append(*store_, count);
    note();
    bus::append(*store_, count);
    promise_.acknowledged = store_->head();
    note();
  }
  void checkpoints() { REQUIRE(store_->checkpoint(clock_, 1).has_value()); }
  void syncs_mark() { REQUIRE(store_->sync_mark().has_value()); }
  void closes() { store_.reset(); }
  void is_killed() {
    disk_.crash();
    store_.reset();
  }

  [[nodiscard]] const std::vector<Operation>& operations() const { return disk_.recorded(); }
  // What held when so many operations were done.
  [[nodiscard]] const Promise& promise_after(std::size_t operations) const {
    const auto next = std::ranges::upper_bound(promises_, operations, {}, &Noted::operations);
    return next == promises_.begin() ? nothing_ : std::prev(next)->promise;
  }

 private:
  struct Noted {
    std::size_t operations;
    Promise promise;
  };
  void note() { promises_.push_back({.operations = disk_.recorded().size(), .promise = promise_}); }

  SystemClock clock_;
  SimulatedDisk disk_;
  std::unique_ptr<Store> store_;
  Promise promise_;
  Promise nothing_;
  std::vector<Noted> promises_;
};

struct Tried {
  unsigned images = 0;
  int broken = 0;
};

// What is left keeps the promise, and can be gone on with: what is appended then survives the worst cut.
std::string broken_for_good(SimulatedDisk& disk, Promise promise) {
  if (std::string why = broken(disk, promise); !why.empty()) return why;
  {
    auto store = open_on(disk);
    promise.will_append(*store, 2);
    bus::append(*store, 2);
    promise.acknowledged = store->head();
    disk.cut_power([](std::size_t) { return 0; });
  }
  std::string why = broken(disk, promise);
  return why.empty() ? why : "after two more entries and another cut: " + why;
}

// Every image that a power cut may leave after each operation.
Tried try_every_cut(const Evening& evening) {
  Tried tried;
  DurableDisk replayed;
  for (std::size_t done = 1; done <= evening.operations().size(); ++done) {
    replayed.apply(evening.operations()[done - 1]);
    for (const PowerCut& cut : legal_power_cuts(replayed)) {
      if (++tried.images % kOneOf != 0) continue;
      SimulatedDisk disk(replayed.after_power_cut(cut.kept), tried.images);
      const std::string why = broken_for_good(disk, evening.promise_after(done));
      if (why.empty() || ++tried.broken > 5) continue;
      MESSAGE("after operation " << done << ", " << describe(evening.operations()[done - 1])
                                 << ", a cut that leaves " << cut.how << ": " << why);
    }
  }
  MESSAGE(tried.images << " images of a cut after one of " << evening.operations().size() << " operations");
  return tried;
}

// Appends, checkpoints and closes as chance will have it, until the disk is gone.
void live(SimulatedDisk& disk, SeededRandom& random, Promise& promise) {
  const SystemClock clock;
  auto opened = try_open(disk);
  if (!opened) return;
  Store& store = **opened;
  for (std::uint64_t steps = 2 + random.next() % 8; steps > 0 && !store.failed(); --steps) {
    const std::uint64_t count = 1 + random.next() % 9;
    promise.will_append(store, count);
    if (try_append(store, count)) promise.acknowledged = store.head();
    if (random.next() % 4 == 0) static_cast<void>(store.checkpoint(clock, 1));
    if (random.next() % 3 == 0) static_cast<void>(store.sync_mark());
  }
}

}  // namespace

TEST_CASE("after a power cut at any moment of an evening every acknowledged entry is there") {
  Evening evening;
  evening.opens();
  for (const std::uint64_t count : {1U, 5U, 12U, 3U}) evening.appends(count);
  evening.checkpoints();
  evening.appends(7);
  evening.syncs_mark();
  evening.appends(2);
  evening.checkpoints();
  evening.appends(25);
  evening.syncs_mark();
  evening.closes();
  const Tried tried = try_every_cut(evening);
  CHECK(tried.broken == 0);
  CHECK(tried.images > 1000);
}

TEST_CASE("after a power cut in a life that follows others every acknowledged entry is there") {
  Evening evening;
  evening.opens();
  evening.appends(9);
  evening.is_killed();
  evening.opens();
  evening.appends(4);
  evening.closes();
  evening.opens();
  for (const std::uint64_t count : {6U, 1U}) evening.appends(count);
  evening.syncs_mark();
  evening.is_killed();
  evening.opens();
  evening.appends(3);
  evening.checkpoints();
  evening.is_killed();
  evening.opens();
  evening.appends(2);
  const Tried tried = try_every_cut(evening);
  CHECK(tried.broken == 0);
  CHECK(tried.images > 1000);
}

TEST_CASE("what a start has found behind a failed sync stays, once it was told of") {
  SimulatedDisk disk;
  Promise promise;
  {
    auto store = open_on(disk);
    for (int i = 0; i < 3; ++i) bus::append(*store, 1);
    // The commit's pages are in the system's memory, and no later sync will bring them to the disk.
    disk.decide_by(fail_once(Operation::Kind::kSync, 1, EIO));
    CHECK_FALSE(try_append(*store, 1).has_value());
    disk.decide_by(nullptr);
    disk.crash();
  }
  {
    auto store = open_on(disk);
    promise.acknowledged = store->head();
    promise.heads.insert(store->head());
    CHECK(store->head() == 4);
    disk.crash();
  }
  for (const PowerCut& cut : legal_power_cuts(disk.durable())) {
    SimulatedDisk left(disk.durable().after_power_cut(cut.kept), 2);
    CAPTURE(cut.how);
    CHECK(broken(left, promise) == "");
  }
}

TEST_CASE(
    "a chain of lives, each ended by a cut or a kill at a moment of chance, loses nothing acknowledged") {
  int cuts = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    SimulatedDisk disk({}, seed);
    SeededRandom random(seed);
    Promise promise;
    const Choose choose = [&random](std::size_t below) { return random.next() % below; };
    for (int life = 0; life < 4; ++life) {
      const bool power_goes = random.next() % 3 != 0;
      std::uint64_t left = random.next() % 90;
      disk.decide_by([&](const Operation& operation) {
        if (operation.kind == Operation::Kind::kRead || left-- != 0) return 0;
        ++cuts;
        if (power_goes) {
          disk.cut_power(choose);
        } else {
          disk.crash();
        }
        return 0;
      });
      live(disk, random, promise);
      disk.decide_by(nullptr);
      SimulatedDisk copy(disk.tree(), 1000 + seed);
      REQUIRE(broken(copy, promise) == "");
    }
  }
  CHECK(cuts > 700);
}
