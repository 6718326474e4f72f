// Goal: no flipped bit, cut tail or forged entry goes unnoticed, and what is refused is left as it was found, for
// somebody to look at. Breaks: bits and lengths of every file of a journal whose log is not yet in its database, and
// of one that was closed; rows, edited with SQL.
#include <doctest/doctest.h>

#include <array>

#include "bus/journal/chain.hpp"
#include "bus/journal/sqlite.hpp"
#include "tests/durability/durable_world.hpp"

using namespace cairn;
using namespace cairn::bus;
using namespace cairn::test;
using namespace cairn::world;

namespace {

namespace fs = std::filesystem;

const fs::path journal_file = fs::path(kData) / "journal.db";
const fs::path log_file = fs::path(kData) / "journal.db-wal";
const fs::path mark_file = fs::path(kData) / "journal.mark";
constexpr std::uint64_t kEntries = 120;

// A hundred entries in the database, and twenty more in the log of a process that was killed.
DiskTree killed() {
  SimulatedDisk disk;
  { append(*open_on(disk), 100); }
  auto store = open_on(disk);
  for (int i = 0; i < 5; ++i) append(*store, 4);
  return disk.tree();
}

DiskTree closed() {
  SimulatedDisk disk(killed());
  static_cast<void>(open_on(disk));
  return disk.tree();
}

std::uint64_t bytes_of(const DiskTree& tree, const fs::path& path) {
  return tree.node(*tree.find(path.string())).content.size();
}

std::string content_of(const DiskTree& tree, const fs::path& path) {
  const auto found = tree.find(path.string());
  return found ? tree.node(*found).content : std::string();
}

struct Outcome {
  unsigned refused = 0;
  unsigned harmless = 0;
};

// Opens a damaged disk: every entry is there, or it is refused and left as it was found.
void open_damaged(SimulatedDisk& disk, Outcome& outcome) {
  const DiskTree before = disk.tree();
  auto opened = try_open(disk);
  if (opened) {
    ++outcome.harmless;
    CHECK((*opened)->head() == kEntries);
    CHECK(reads_back(**opened, 1, kEntries));
    return;
  }
  ++outcome.refused;
  CHECK(opened.error().message.size() > 20);
  for (const fs::path& path : {journal_file, log_file, mark_file})
    CHECK_MESSAGE((content_of(disk.tree(), path) == content_of(before, path)), path << " was changed");
}

Outcome flip_bits(const DiskTree& tree, const fs::path& path, unsigned flips) {
  Outcome outcome;
  SeededRandom random(11);
  for (unsigned i = 0; i < flips / kOneOf; ++i) {
    const std::uint64_t bit = random.next() % (bytes_of(tree, path) * 8);
    CAPTURE(path);
    CAPTURE(bit);
    SimulatedDisk disk(tree);
    disk.flip_bit(path, bit);
    open_damaged(disk, outcome);
  }
  return outcome;
}

Outcome cut_tails(const DiskTree& tree, const fs::path& path, std::uint64_t step) {
  Outcome outcome;
  for (std::uint64_t cut = 1; cut <= bytes_of(tree, path); cut += step * kOneOf) {
    CAPTURE(path);
    CAPTURE(cut);
    SimulatedDisk disk(tree);
    disk.cut_tail(path, cut);
    open_damaged(disk, outcome);
  }
  return outcome;
}

// Why a journal is refused in which somebody has been with SQL.
std::string refusal_after(const char* sql, std::span<const std::byte> blob, std::int64_t number) {
  SimulatedDisk disk(closed());
  {
    auto database = Database::open(disk, journal_file);
    REQUIRE(database.has_value());
    auto edit = database->prepare(sql);
    REQUIRE(edit.has_value());
    edit->bind_blob(1, blob);
    edit->bind_number(2, number);
    REQUIRE(edit->run().has_value());
  }
  auto opened = try_open(disk);
  return opened ? "" : opened.error().message;
}

}  // namespace

TEST_CASE("a flipped bit anywhere is refused or does no harm") {
  const DiskTree live = killed();
  const DiskTree at_rest = closed();
  CHECK(flip_bits(live, log_file, 500).refused > 300 / kOneOf);
  CHECK(flip_bits(live, journal_file, 300).refused > 150 / kOneOf);
  CHECK(flip_bits(at_rest, journal_file, 500).refused > 300 / kOneOf);
  // The mark's file is mostly empty, and either of its slots is enough.
  CHECK(flip_bits(live, mark_file, 300).harmless > 200 / kOneOf);
}

TEST_CASE("a flipped bit in the database's head is refused, or the next entry can be written all the same") {
  const DiskTree at_rest = closed();
  constexpr std::uint64_t kHeadBits = 800;
  for (std::uint64_t bit = 0; bit < kHeadBits; ++bit) {
    CAPTURE(bit);
    SimulatedDisk disk(at_rest);
    disk.flip_bit(journal_file, bit);
    auto opened = try_open(disk);
    if (!opened) {
      CHECK(says(opened.error().message, "backup"));
      continue;
    }
    // A page's worth, so that one is allocated.
    const auto appended = try_append(**opened, 60);
    REQUIRE_MESSAGE(appended.has_value(), (appended ? "" : appended.error().message));
    opened->reset();
    auto again = try_open(disk);
    REQUIRE_MESSAGE(again.has_value(), (again ? "" : again.error().message));
    CHECK((*again)->head() == kEntries + 60);
    CHECK(reads_back(**again, 1, kEntries + 60));
  }
}

TEST_CASE("a tail cut off any file is refused or does no harm") {
  const DiskTree live = killed();
  const DiskTree at_rest = closed();
  CHECK(cut_tails(live, log_file, 211).harmless == 0);
  // The database's last pages may stand in its log too.
  CHECK(cut_tails(live, journal_file, 499).refused > 50 / kOneOf);
  CHECK(cut_tails(at_rest, journal_file, 499).harmless == 0);
  const Outcome mark = cut_tails(live, mark_file, 13);
  CHECK(mark.refused > 0);
  CHECK(mark.harmless > 0);
}

TEST_CASE("a bit that flipped in an entry is told from an entry that somebody wrote") {
  const std::array<std::byte, 3> forged{std::byte{1}, std::byte{2}, std::byte{3}};
  const char* edit = "UPDATE entry SET body = ?1, crc = ?2, offsets = x'' WHERE sequence = 61";
  CHECK(says(refusal_after(edit, forged, 12345), "sequence 61 is damaged: its checksum does not match"));
  CHECK(says(refusal_after(edit, forged, entry_crc(61, forged, {})),
             "sequence 61 is damaged: it does not follow from the one before it"));
  const char* exchange = "UPDATE entry SET chain = ?1 WHERE sequence = 61 + 0 * ?2";
  CHECK(says(refusal_after(exchange, forged, 1), "sequence 61 is damaged: it does not follow"));
}

TEST_CASE("entries that go missing from the middle or the end are missed") {
  CHECK(says(refusal_after("DELETE FROM entry WHERE sequence = 61 + 0 * ?2 AND ?1 = x''", {}, 1),
             "61 is missing"));
  CHECK(says(refusal_after("DELETE FROM entry WHERE sequence > 0 * ?2 + 110 AND ?1 = x''", {}, 1),
             "ends at entry 110 and had reached entry 120"));
}

TEST_CASE("a mark of another journal of the same length is refused") {
  SimulatedDisk other;
  SeededRandom random(9);
  { append(**Store::open(other, random, kData, "harbour"), kEntries); }
  const std::string other_mark = content_of(other.tree(), mark_file);
  SimulatedDisk disk(closed());
  auto mark = disk.open(mark_file, FileLayer::Open::kKeep);
  REQUIRE(mark.has_value());
  REQUIRE((*mark)->write(0, std::as_bytes(std::span(other_mark))).has_value());
  auto opened = try_open(disk);
  REQUIRE(opened.has_error());
  CHECK(says(opened.error().message, "belongs to another journal"));
}

TEST_CASE("what the mark was synced at is missed even after a power cut") {
  SimulatedDisk disk;
  auto store = open_on(disk);
  append(*store, 30);
  REQUIRE(store->sync_mark().has_value());
  append(*store, 5);
  disk.cut_power([](std::size_t) { return 0; });
  store.reset();
  CHECK(open_on(disk)->head() == 35);

  SimulatedDisk damaged;
  store = open_on(damaged);
  append(*store, 30);
  REQUIRE(store->sync_mark().has_value());
  damaged.cut_power([](std::size_t) { return 0; });
  store.reset();
  damaged.cut_tail(log_file, 5000);
  auto opened = try_open(damaged);
  REQUIRE(opened.has_error());
  CHECK(says(opened.error().message, "had reached entry 30"));
}
