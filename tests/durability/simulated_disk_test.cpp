// Goal: the simulated disk forgets exactly what a real one may forget, so that what is shown on it counts. Breaks:
// writes, lengths and names that nobody synced, torn writes, syncs that failed, the disk's size, handles of the dead.
#include "tools/world/disk/simulated_disk.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cerrno>

#include "tests/durability/durable_world.hpp"
#include "tools/world/disk/simulated_file.hpp"

using namespace cairn;
using namespace cairn::bus;
using namespace cairn::test;
using namespace cairn::world;

namespace {

using Open = FileLayer::Open;

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string content_of(const SimulatedDisk& disk, const std::string& path) {
  const auto found = disk.tree().find(path);
  return found ? disk.tree().node(*found).content : "missing";
}

std::unique_ptr<OpenFile> make(SimulatedDisk& disk, const char* path, std::string_view content) {
  auto file = disk.open(path, Open::kReplace);
  REQUIRE(file.has_value());
  REQUIRE((*file)->write(0, bytes_of(content)).has_value());
  return *std::move(file);
}

// With content and name on the disk for good.
std::unique_ptr<OpenFile> make_durable(SimulatedDisk& disk, const char* path, std::string_view content) {
  auto file = make(disk, path, content);
  REQUIRE(file->sync_content().has_value());
  REQUIRE(disk.sync_directory("/").has_value());
  return file;
}

const Choose lose_all = [](std::size_t) { return 0; };
const Choose keep_all = [](std::size_t) { return 1; };

}  // namespace

TEST_CASE("what was synced survives a cut, and what was not may be there or not") {
  for (const bool kept : {false, true}) {
    SimulatedDisk disk;
    auto file = make_durable(disk, "/a", "durable");
    REQUIRE(file->write(0, bytes_of("fleeting")).has_value());
    CHECK(content_of(disk, "/a") == "fleeting");
    disk.cut_power(kept ? keep_all : lose_all);
    CHECK(content_of(disk, "/a") == (kept ? "fleeting" : "durable"));
  }
}

TEST_CASE("a sync of a file says nothing of its name, and one of the directory nothing of its content") {
  SimulatedDisk disk;
  auto nameless = make(disk, "/nameless", "content");
  REQUIRE(nameless->sync_content().has_value());
  disk.cut_power(lose_all);
  CHECK(content_of(disk, "/nameless") == "missing");

  auto empty = make(disk, "/empty", "content");
  REQUIRE(disk.sync_directory("/").has_value());
  disk.cut_power(lose_all);
  CHECK(content_of(disk, "/empty").empty());
}

TEST_CASE("a rename is whole or not at all, and durable once both directories are synced") {
  SimulatedDisk disk;
  REQUIRE(disk.make_directory("/attic", 0700).has_value());
  static_cast<void>(make_durable(disk, "/a", "old"));
  REQUIRE(disk.rename("/a", "/attic/a").has_value());
  REQUIRE(disk.sync_directory("/").has_value());
  CHECK(legal_power_cuts(disk.durable()).size() == 2);
  SimulatedDisk without(disk.durable().after_power_cut(legal_power_cuts(disk.durable())[0].kept));
  CHECK(content_of(without, "/a") == "old");
  CHECK(content_of(without, "/attic/a") == "missing");
  REQUIRE(disk.sync_directory("/attic").has_value());
  disk.cut_power(lose_all);
  CHECK(content_of(disk, "/a") == "missing");
  CHECK(content_of(disk, "/attic/a") == "old");
}

TEST_CASE("what stands in a directory that was lost is lost with it") {
  SimulatedDisk disk;
  REQUIRE(disk.make_directory("/data", 0700).has_value());
  auto file = make(disk, "/data/a", "content");
  REQUIRE(file->sync_content().has_value());
  REQUIRE(disk.sync_directory("/data").has_value());
  disk.cut_power(lose_all);
  CHECK(content_of(disk, "/data/a") == "missing");
}

TEST_CASE("a torn write ends at a sector of the file") {
  SimulatedDisk disk;
  auto file = make_durable(disk, "/a", std::string(2000, '-'));
  REQUIRE(file->write(500, bytes_of(std::string(1000, '+'))).has_value());
  // Its sectors end at 512, 1024 and 1500.
  const auto left = [&](Sectors kept) {
    const DiskTree tree = disk.durable().after_power_cut(std::array{kept});
    return tree.node(*tree.find("/a")).content;
  };
  CHECK(left({.first = 0, .last = 1}) ==
        std::string(500, '-') + std::string(12, '+') + std::string(1488, '-'));
  CHECK(left({.first = 1, .last = 3}) ==
        std::string(512, '-') + std::string(988, '+') + std::string(500, '-'));
  CHECK(left({.first = 1, .last = 2}) ==
        std::string(512, '-') + std::string(512, '+') + std::string(976, '-'));
}

TEST_CASE("a failed sync loses what it was asked to write, though it can still be read") {
  SimulatedDisk disk;
  auto file = make_durable(disk, "/a", "durable");
  REQUIRE(file->write(0, bytes_of("fleeting")).has_value());
  disk.decide_by(fail_once(Operation::Kind::kSync, 1, EIO));
  CHECK(file->sync_content().error() == ErrorNumber{EIO});
  CHECK(content_of(disk, "/a") == "fleeting");
  // The second one reports success for pages that are lost.
  CHECK(file->sync_content().has_value());
  disk.cut_power(keep_all);
  CHECK(content_of(disk, "/a") == "durable");
}

TEST_CASE("a full disk takes what fits, and more once there is room") {
  SimulatedDisk disk;
  auto file = make(disk, "/a", "123456");
  disk.limit_bytes(8);
  CHECK(file->write(6, bytes_of("789")).error() == ErrorNumber{ENOSPC});
  CHECK(content_of(disk, "/a") == "12345678");
  // What is there already can be written over.
  CHECK(file->write(0, bytes_of("abc")).has_value());
  REQUIRE(disk.remove("/a").has_value());
  static_cast<void>(make(disk, "/b", "12345678"));
}

TEST_CASE("a killed process can do nothing more, and what it had locked is free") {
  SimulatedDisk disk;
  auto file = make(disk, "/a", "before");
  auto lock = disk.lock("/");
  REQUIRE(lock.has_value());
  CHECK(disk.lock("/").error() == ErrorNumber{EWOULDBLOCK});
  disk.crash();
  CHECK(file->write(0, bytes_of("after!")).error() == ErrorNumber{EIO});
  CHECK(content_of(disk, "/a") == "before");
  auto next = disk.lock("/");
  REQUIRE(next.has_value());
  lock->reset();
  CHECK(disk.lock("/").error() == ErrorNumber{EWOULDBLOCK});
}

TEST_CASE("a directory is renamed with all that stands in it, at once or not at all") {
  for (const bool kept : {false, true}) {
    SimulatedDisk disk;
    REQUIRE(disk.make_directory("/new", 0700).has_value());
    REQUIRE(disk.sync_directory("/").has_value());
    const auto file = make(disk, "/new/a", "content");
    REQUIRE(file->sync_content().has_value());
    REQUIRE(disk.sync_directory("/new").has_value());
    REQUIRE(disk.rename("/new", "/old").has_value());
    CHECK(content_of(disk, "/old/a") == "content");
    CHECK(content_of(disk, "/new/a") == "missing");
    disk.cut_power(kept ? keep_all : lose_all);
    CHECK(content_of(disk, kept ? "/old/a" : "/new/a") == "content");
    CHECK(content_of(disk, kept ? "/new/a" : "/old/a") == "missing");
  }
}

TEST_CASE("a name that nobody synced goes along with its directory, and needs a sync of its own") {
  for (const bool synced : {false, true}) {
    SimulatedDisk disk;
    REQUIRE(disk.make_directory("/new", 0700).has_value());
    REQUIRE(disk.sync_directory("/").has_value());
    const auto file = make(disk, "/new/a", "content");
    REQUIRE(file->sync_content().has_value());
    REQUIRE(disk.rename("/new", "/old").has_value());
    REQUIRE(disk.sync_directory("/").has_value());
    if (synced) REQUIRE(disk.sync_directory("/old").has_value());
    disk.cut_power(lose_all);
    CHECK(disk.exists("/old"));
    CHECK(content_of(disk, "/old/a") == (synced ? "content" : "missing"));
  }
}

TEST_CASE("a directory takes nobody's place, and none goes into itself") {
  SimulatedDisk disk;
  REQUIRE(disk.make_directory("/a", 0700).has_value());
  REQUIRE(disk.make_directory("/b", 0700).has_value());
  static_cast<void>(make(disk, "/file", "x"));
  CHECK(disk.rename("/a", "/b").error() == ErrorNumber{EEXIST});
  CHECK(disk.rename("/a", "/a/c").error() == ErrorNumber{EINVAL});
  CHECK(disk.rename("/file", "/b").error() == ErrorNumber{EISDIR});
}

TEST_CASE("a store that is closed after its process was killed leaves the log of the next one alone") {
  SimulatedDisk disk;
  auto dead = open_on(disk);
  disk.crash();
  auto alive = open_on(disk);
  append(*alive, 5);
  dead.reset();
  CHECK(reads_back(*alive, 1, 5));
  disk.crash();
  alive.reset();
  CHECK(open_on(disk)->head() == 5);
}

TEST_CASE("the same seed gives the same operations, byte by byte") {
  const auto evening = [](unsigned seed) {
    SimulatedDisk disk({}, seed);
    disk.record(true);
    auto store = open_on(disk);
    for (int i = 0; i < 4; ++i) append(*store, 6);
    store.reset();
    std::string story;
    for (const Operation& operation : disk.recorded()) story += describe(operation) + operation.bytes;
    return story;
  };
  const bool same = evening(5) == evening(5);
  CHECK(same);
  const bool other = evening(5) != evening(6);
  CHECK(other);
}
