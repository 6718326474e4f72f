// Goal: whichever operation the disk fails, and wherever it is full, the store says so in one sentence, stops for
// good and syncs nothing more, and everything acknowledged is there afterwards, whether the process starts again or
// the power goes too. Breaks: the k-th operation of each kind, for every k of a life of the store; the disk's size.
#include <doctest/doctest.h>

#include <cerrno>
#include <map>

#include "bus/clock.hpp"
#include "tests/durability/durable_world.hpp"

using namespace cairn;
using namespace cairn::bus;
using namespace cairn::test;
using namespace cairn::world;

namespace {

using Kind = Operation::Kind;

struct Life {
  bool opened = false;
  bool failed = false;
  std::string message;
};

// Opens, appends, checkpoints, closes; ends early as the journal does, at the first failure.
Life live(SimulatedDisk& disk, Promise& promise) {
  Life life;
  const SystemClock clock;
  auto opened = try_open(disk);
  if (!opened) {
    life.message = opened.error().message;
    return life;
  }
  life.opened = true;
  Store& store = **opened;
  bool well = true;
  for (int i = 0; i < 6 && well; ++i) {
    promise.will_append(store, 5);
    well = try_append(store, 5).has_value();
    if (well) promise.acknowledged = store.head();
    if (well && i == 3) well = store.checkpoint(clock, 1).has_value();
    if (well && i == 4) well = store.sync_mark().has_value();
  }
  life.failed = !well;
  life.message = store.failure_message();
  CHECK(store.failed() == life.failed);
  if (!life.failed) return life;
  // For good: it gives what it has, and takes nothing more.
  CHECK(store.head() == promise.acknowledged);
  CHECK(reads_back(store, 1, store.head()));
  CHECK(try_append(store, 1).has_error());
  CHECK(store.sync_mark().has_error());
  CHECK(store.failure_message() == life.message);
  return life;
}

// A disk on which a process was killed with twenty entries in its write-ahead log, so that opening has something to
// do; and an empty one.
DiskTree killed_after(std::uint64_t entries, Promise& promise) {
  SimulatedDisk disk;
  if (entries == 0) return disk.tree();
  auto store = open_on(disk);
  promise.will_append(*store, entries);
  append(*store, entries);
  promise.acknowledged = entries;
  return disk.tree();
}

// What is there when the process starts again with what it had written, synced or not, and goes on; and when the
// power went at once.
void check_afterwards(SimulatedDisk& disk, const Promise& promise) {
  disk.decide_by(nullptr);
  for (const Sectors each : {Sectors{.first = 0, .last = 0}, Sectors{}}) {
    const std::vector<Sectors> kept(disk.durable().unsynced(), each);
    SimulatedDisk after_cut(disk.durable().after_power_cut(kept), 2);
    CHECK(broken(after_cut, promise) == "");
  }
  disk.crash();
  Promise more = promise;
  {
    auto store = open_on(disk);
    CHECK(store->head() >= promise.acknowledged);
    more.will_append(*store, 3);
    append(*store, 3);
    more.acknowledged = store->head();
    // What an earlier failed sync has left in memory alone must have been written again by now.
    disk.cut_power([](std::size_t) { return 0; });
  }
  CHECK(broken(disk, more) == "");
}

struct Seen {
  std::map<Kind, std::size_t> operations;
  std::size_t syncs_after = 0;
};

// One life in which the k-th operation of a kind fails (none: k is 0), and what was asked of the disk.
Seen fail(SimulatedDisk& disk, Kind kind, std::size_t kth, int error_number, Promise& promise, Life& life) {
  Seen seen;
  bool failed = false;
  disk.decide_by([&](const Operation& operation) {
    if (failed && operation.kind == Kind::kSync) ++seen.syncs_after;
    const bool fails = ++seen.operations[operation.kind] == kth && operation.kind == kind;
    failed |= fails;
    return fails ? error_number : 0;
  });
  life = live(disk, promise);
  disk.decide_by(nullptr);
  return seen;
}

}  // namespace

TEST_CASE("whichever operation fails, nothing acknowledged is lost and no sync is tried again") {
  for (const std::uint64_t kept : {20U, 0U}) {
    Promise before;
    const DiskTree tree = killed_after(kept, before);
    Life life;
    Promise whole = before;
    SimulatedDisk untouched(tree);
    Seen all = fail(untouched, Kind::kWrite, 0, 0, whole, life);
    REQUIRE(whole.acknowledged == kept + 30);
    REQUIRE(all.operations[Kind::kSync] > 10);
    REQUIRE(all.operations[Kind::kWrite] > 20);
    std::size_t at_open = 0;
    std::size_t after_open = 0;
    for (const auto& counted : all.operations) {
      const Kind kind = counted.first;
      for (std::size_t k = 1; k <= counted.second; ++k) {
        for (const bool writes : {false, true}) {
          if (writes && !syncs(kind)) continue;
          CAPTURE(kept);
          CAPTURE(k);
          CAPTURE(static_cast<int>(kind));
          CAPTURE(writes);
          SimulatedDisk disk(tree);
          disk.failed_syncs_write(writes);
          Promise promise = before;
          const Seen seen = fail(disk, kind, k, k % 2 == 0 ? ENOSPC : EIO, promise, life);
          // What cannot be read while opening, or synced while closing, has nobody left to tell.
          if (!life.opened || life.failed) CHECK(life.message.size() > 20);
          // While a journal is being made SQLite syncs what it puts back; there is no entry yet to lose.
          // (SQLite overlooks that its log's name could not be synced, and the store syncs it once more.)
          if (changes_content(kind) || kind == Kind::kSync)
            CHECK_MESSAGE((seen.syncs_after == 0 || (!life.opened && kept == 0)), seen.syncs_after);
          (life.opened ? after_open : at_open) += 1;
          check_afterwards(disk, promise);
        }
      }
    }
    CHECK(at_open > 20);
    CHECK(after_open > 60);
  }
}

TEST_CASE("wherever the disk is full, nothing acknowledged is lost, and with room again the hunt goes on") {
  for (const std::uint64_t kept : {20U, 0U}) {
    Promise before;
    const DiskTree tree = killed_after(kept, before);
    std::size_t refused = 0;
    std::size_t failed = 0;
    // From a disk that is full at once to one on which all fits.
    for (std::uint64_t more = 0;; more += 101 * kOneOf) {
      CAPTURE(kept);
      CAPTURE(more);
      SimulatedDisk disk(tree);
      disk.limit_bytes(tree.bytes() + more);
      Promise promise = before;
      const Life life = live(disk, promise);
      if (!life.opened || life.failed) CHECK(says(life.message, "disk is full"));
      refused += life.opened ? 0 : 1;
      failed += life.failed ? 1 : 0;
      disk.limit_bytes(static_cast<std::uint64_t>(-1));
      check_afterwards(disk, promise);
      if (life.opened && !life.failed) break;
      REQUIRE(more < 1'000'000);
    }
    CHECK(refused > 3);
    CHECK(failed > 100 / kOneOf);
  }
}
