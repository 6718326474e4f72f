// What the tests of durability share: a store on a simulated disk, an evening that a disk has recorded, and the one
// question that all of them ask of what is left on a disk.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "bus/journal/store.hpp"
#include "bus/random.hpp"
#include "tests/bus/journal/store_world.hpp"
#include "tools/world/disk/simulated_disk.hpp"

namespace cairn::test {

inline constexpr const char* kData = "/games/harbour";

// A build that looks at the code tries every so manieth of what others try all of.
#ifdef CAIRN_SANITIZED
inline constexpr unsigned kOneOf = 6;
#else
inline constexpr unsigned kOneOf = 1;
#endif

inline Result<std::unique_ptr<bus::Store>> try_open(world::SimulatedDisk& disk) {
  bus::SeededRandom random(7);
  return bus::Store::open(disk, random, kData, "harbour");
}

inline std::unique_ptr<bus::Store> open_on(world::SimulatedDisk& disk) {
  auto opened = try_open(disk);
  REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message));
  return *std::move(opened);
}

inline Result<bus::Store::Repair> repair_on(world::SimulatedDisk& disk) {
  bus::SeededRandom random(8);
  return bus::Store::repair(disk, random, kData);
}

// What was promised at a moment: entries that somebody was told of, and the heads that a group commit would have made.
struct Promise {
  std::uint64_t acknowledged = 0;
  std::set<std::uint64_t> heads{0};

  void will_append(const bus::Store& store, std::uint64_t count) { heads.insert(store.head() + count); }
};

// Why what is on the disk breaks the promise; empty if it keeps it.
inline std::string broken(world::SimulatedDisk& disk, const Promise& promise) {
  auto opened = try_open(disk);
  if (!opened) return "refused: " + opened.error().message;
  bus::Store& store = **opened;
  const std::uint64_t head = store.head();
  if (head < promise.acknowledged) {
    return "ends at entry " + std::to_string(head) + ", and entry " + std::to_string(promise.acknowledged) +
           " was acknowledged";
  }
  if (!promise.heads.contains(head)) return "half of a group commit: it ends at " + std::to_string(head);
  if (head > 0 && !bus::reads_back(store, 1, head)) return "an entry reads back as something else";
  return {};
}

}  // namespace cairn::test
