// Goal: a repair can be killed or lose its power at any moment: what it was to keep is kept, what was damaged is still
// there to look at, and nobody is let into an empty journal meanwhile. Breaks: every legal image after every operation
// of a repair; every operation of it that fails.
#include <doctest/doctest.h>

#include <cerrno>

#include "tests/durability/durable_world.hpp"
#include "tools/world/disk/durable_disk.hpp"

using namespace cairn;
using namespace cairn::bus;
using namespace cairn::test;
using namespace cairn::world;

namespace {

constexpr std::uint64_t kKept = 60;

// Hundred entries, some of them only in the log, and damage in the sixty-first.
DiskTree damaged() {
  SimulatedDisk disk;
  auto store = open_on(disk);
  append(*store, 90);
  store.reset();
  store = open_on(disk);
  append(*store, 10);
  disk.crash();
  const std::string path = std::string(kData) + "/journal.db";
  const std::string& content = disk.tree().node(*disk.tree().find(path)).content;
  const Sample entry = sample(kKept + 1);
  const auto at = content.find(reinterpret_cast<const char*>(entry.body.data()), 0, 32);
  REQUIRE(at != std::string::npos);
  disk.flip_bit(path, at * 8 + 3);
  return disk.tree();
}

bool holds(const DiskTree& tree, const std::string& content) {
  for (const auto& [name, number] : tree.names())
    if (tree.node(number).content == content) return true;
  return false;
}

// Whoever comes next: a server that is refused or finds all that could be kept, or somebody who repairs once more.
std::string broken_repair(const DiskTree& tree, const std::string& evidence, unsigned seed) {
  SimulatedDisk server(tree, seed);
  if (auto opened = try_open(server); opened && (*opened)->head() != kKept)
    return "a server was let in to " + std::to_string((*opened)->head()) + " entries";
  SimulatedDisk again(tree, seed);
  auto repaired = repair_on(again);
  if (!repaired) return "it cannot be repaired again: " + repaired.error().message;
  if (!holds(again.tree(), evidence)) return "the damaged journal is gone";
  auto opened = try_open(again);
  if (!opened) return "refused after another repair: " + opened.error().message;
  if ((*opened)->head() != kKept || !reads_back(**opened, 1, kKept))
    return "another repair keeps something else";
  return {};
}

}  // namespace

TEST_CASE("a repair that loses its power at any moment loses nothing else") {
  const DiskTree before = damaged();
  const std::string evidence = before.node(*before.find(std::string(kData) + "/journal.db")).content;
  SimulatedDisk disk(before);
  disk.record(true);
  auto repaired = repair_on(disk);
  REQUIRE(repaired.has_value());
  CHECK(repaired->head == kKept);
  CHECK(says(repaired->sentence, "lost are entries 61 to 100"));

  DurableDisk replayed(before);
  unsigned images = 0;
  int broken = 0;
  for (const Operation& operation : disk.recorded()) {
    replayed.apply(operation);
    for (const PowerCut& cut : legal_power_cuts(replayed)) {
      if (++images % kOneOf != 0) continue;
      const std::string why = broken_repair(replayed.after_power_cut(cut.kept), evidence, images);
      if (why.empty() || ++broken > 5) continue;
      MESSAGE("after " << describe(operation) << ", a cut that leaves " << cut.how << ": " << why);
    }
  }
  MESSAGE(images << " images of a cut after one of " << disk.recorded().size() << " operations");
  CHECK(broken == 0);
  CHECK(images > 200);
}

TEST_CASE("a repair in which any operation fails says so, and can be done again") {
  const DiskTree before = damaged();
  const std::string evidence = before.node(*before.find(std::string(kData) + "/journal.db")).content;
  std::size_t failures = 0;
  for (std::size_t k = 1;; ++k) {
    CAPTURE(k);
    SimulatedDisk disk(before);
    std::string failed;
    disk.decide_by([&, seen = std::size_t{0}](const Operation& operation) mutable {
      // What cannot be read cannot be proved either, and is what a repair gives up.
      if (operation.kind == Operation::Kind::kRead || ++seen != k) return 0;
      failed = describe(operation);
      return k % 2 == 0 ? ENOSPC : EIO;
    });
    const auto repaired = repair_on(disk);
    if (failed.empty()) break;
    CAPTURE(failed);
    if (!repaired) {
      ++failures;
      CHECK(repaired.error().message.size() > 20);
    }
    disk.decide_by(nullptr);
    disk.crash();
    CHECK(broken_repair(disk.tree(), evidence, 3) == "");
  }
  CHECK(failures > 50);
}

TEST_CASE("a bit that flips in what the head says of whose file it is loses nothing, once it is repaired") {
  // SQLite's application_id, at byte 68 of the file; its user_version, at byte 60, is the format of a journal.
  constexpr std::uint64_t kApplicationBit = 68 * 8;
  constexpr std::uint64_t kFormatBit = 60 * 8;
  for (const std::uint64_t bit : {kApplicationBit, kApplicationBit + 31, kFormatBit, kFormatBit + 31}) {
    CAPTURE(bit);
    SimulatedDisk disk;
    { append(*open_on(disk), kKept); }
    disk.flip_bit(std::string(kData) + "/journal.db", bit);
    const auto refused = try_open(disk);
    REQUIRE(refused.has_error());
    CHECK(says(refused.error().message, "from a backup"));
    const auto repaired = repair_on(disk);
    if (bit >= kApplicationBit) {
      REQUIRE_MESSAGE(repaired.has_value(), (repaired ? "" : repaired.error().message));
      CHECK(repaired->head == kKept);
      CHECK(reads_back(*open_on(disk), 1, kKept));
    } else {
      // It may be of a cairn to come, whose entries this one would take for damaged.
      REQUIRE(repaired.has_error());
      CHECK(says(repaired.error().message, "from a backup"));
    }
  }
}
