// Goal: a checkpoint's file gives back what was put into it or nothing at all, and a store that is opened behind one proves
// the rest, and lets somebody else prove what came before.
// Breaks when: a cut or flipped byte passes, an unfinished file is taken for one, the mark is no longer looked at, or a
// missing row among the trusted ones goes unnoticed.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "bus/clock.hpp"
#include "bus/journal/checkpoint.hpp"
#include "bus/journal/row.hpp"
#include "tests/bus/journal/store_world.hpp"

using namespace cairn;
using namespace cairn::bus;

namespace {

constexpr CheckpointKind kKind{.state_version = 3, .content_hash = 77};

std::vector<std::byte> some_bytes(std::size_t count) {
  std::vector<std::byte> bytes(count);
  SeededRandom random(count + 1);
  random.fill(bytes);
  return bytes;
}

// A state of more than one write, and two streams, one of which has nothing in its window.
void write_checkpoint(const std::filesystem::path& directory, const Mark& mark) {
  auto writer = CheckpointWriter::begin(system_files(), directory);
  REQUIRE(writer.has_value());
  writer->put_state(some_bytes(kCheckpointWriteBytes + 5));
  int writes = 0;
  for (auto more = writer->write(); *more; more = writer->write()) ++writes;
  CHECK(writes == 1);
  const auto first = some_bytes(100);
  const auto second = some_bytes(50);
  const std::span<const std::byte> frames[] = {first, second};
  writer->put_stream(7, 31, 40, frames);
  writer->put_stream(1U << 28U, 0, 12, {});
  REQUIRE(writer->write().has_value());
  CHECK_FALSE(std::filesystem::exists(directory / "journal.checkpoint"));
  REQUIRE(writer->finish(kKind, mark).has_value());
}

void run_sql(const std::filesystem::path& path, const char* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

std::unique_ptr<Store> open_unproved(const std::filesystem::path& directory) {
  SystemRandom random;
  auto store = Store::open_unproved(system_files(), random, directory, "harbour");
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  return *std::move(store);
}

// A directory with thirty entries, and the mark of the tenth.
Mark thirty_entries(const std::filesystem::path& directory) {
  auto store = open_store(directory);
  append(*store, 10);
  const Mark tenth{.sequence = 10, .link = store->head_link()};
  append(*store, 20);
  return tenth;
}

// What a proof of the rows through `through` says; empty: all are whole.
std::string damage_of(Store& store, std::uint64_t through) {
  RowBatch rows;
  REQUIRE(store.copy(0, through, rows).has_value());
  RowProof proof{0, store.first_link()};
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto record = proof.prove(rows[i]); !record) return record.error().message;
  return proof.head() == through ? std::string() : proof.damage("is missing").message;
}

}  // namespace

TEST_CASE("a checkpoint gives back its state and its streams, and the state alone") {
  const TemporaryDirectory temporary;
  const Mark mark{.sequence = 99, .link = ChainLink{std::byte{5}}};
  const std::filesystem::path directory = temporary / ".";
  CHECK(Checkpoint::load(system_files(), directory, kKind)->mark().sequence == 0);
  write_checkpoint(directory, mark);
  const auto loaded = Checkpoint::load(system_files(), directory, kKind);
  REQUIRE_MESSAGE(loaded.has_value(), (loaded ? "" : loaded.error().message));
  CHECK(loaded->mark().sequence == 99);
  CHECK(loaded->mark().link == mark.link);
  const auto expected = some_bytes(kCheckpointWriteBytes + 5);
  CHECK(std::ranges::equal(loaded->state(), expected));
  std::vector<std::uint64_t> told;
  CHECK(loaded->for_each_stream(
      [&](std::uint32_t stream, std::uint64_t first, std::uint64_t last, std::span<const std::byte> frames) {
        told.insert(told.end(), {stream, first, last, frames.size()});
        return true;
      }));
  CHECK(told == std::vector<std::uint64_t>{7, 31, 40, 150, 1U << 28U, 0, 12, 0});
  const auto state = Checkpoint::load_state(system_files(), directory, kKind);
  REQUIRE(state.has_value());
  CHECK(std::ranges::equal(state->state(), expected));
}

TEST_CASE("a checkpoint that is cut, flipped, unfinished or of another kind is ignored") {
  const TemporaryDirectory temporary;
  const std::filesystem::path directory = temporary / ".";
  write_checkpoint(directory, {.sequence = 99, .link = {}});
  const std::string whole = slurp(directory / "journal.checkpoint");
  SeededRandom random(5);
  for (int i = 0; i < 200; ++i) {
    std::string flipped = whole;
    // The head, byte by byte, then any.
    const std::size_t at = i < 96 ? static_cast<std::size_t>(i) : random.next() % whole.size();
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (random.next() % 8)));
    spill(directory / "journal.checkpoint", flipped);
    CHECK(Checkpoint::load(system_files(), directory, kKind).has_error());
  }
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{95}, std::size_t{96}, whole.size() - 1}) {
    spill(directory / "journal.checkpoint", whole.substr(0, bytes));
    CHECK(Checkpoint::load(system_files(), directory, kKind).has_error());
  }
  spill(directory / "journal.checkpoint", whole);
  CHECK(Checkpoint::load(system_files(), directory, kKind).has_value());
  CHECK(Checkpoint::load(system_files(), directory, {.state_version = 4, .content_hash = 77}).has_error());
  CHECK(Checkpoint::load(system_files(), directory, {.state_version = 3, .content_hash = 78}).has_error());
  std::filesystem::rename(directory / "journal.checkpoint", directory / "journal.checkpoint.unfinished");
  CHECK(Checkpoint::load(system_files(), directory, kKind)->mark().sequence == 0);
}

TEST_CASE("a store opened behind an entry proves what comes after it and goes on") {
  const TemporaryDirectory temporary;
  const Mark tenth = thirty_entries(temporary / "data");
  {
    auto store = open_unproved(temporary / "data");
    CHECK(store->holds(tenth));
    CHECK_FALSE(store->holds({.sequence = 11, .link = tenth.link}));
    CHECK_FALSE(store->holds({.sequence = 31, .link = tenth.link}));
    std::vector<std::uint64_t> seen;
    REQUIRE(store
                ->prove(tenth,
                        [&seen](const Record& record) -> Result<void> {
                          seen.push_back(record.sequence);
                          return {};
                        })
                .has_value());
    CHECK(seen.size() == 20);
    CHECK(seen.front() == 11);
    CHECK(store->head() == 30);
    CHECK(damage_of(*store, 10).empty());
    append(*store, 5);
  }
  CHECK(reads_back(*open_store(temporary / "data"), 1, 35));
}

TEST_CASE(
    "behind an entry damage and loss are refused as ever, and before it they are found by who proves that") {
  const TemporaryDirectory temporary;
  const Mark tenth = thirty_entries(temporary / "data");
  const auto copied = [&] {
    copy_while_open(temporary / "data", temporary / "copy");
    return temporary / "copy/journal.db";
  };
  run_sql(copied(), "DELETE FROM entry WHERE sequence > 25");
  CHECK(
      says(open_unproved(temporary / "copy")->prove(tenth, {}).error().message, "entries 26 to 30 are lost"));
  run_sql(copied(), "UPDATE entry SET crc = crc + 1 WHERE sequence = 20");
  CHECK(says(open_unproved(temporary / "copy")->prove(tenth, {}).error().message, "sequence 20 is damaged"));
  for (const auto& [sql, said] :
       {std::pair{"DELETE FROM entry WHERE sequence = 3", "sequence 3 is missing"},
        std::pair{"DELETE FROM entry WHERE sequence = 1", "sequence 1 is missing"},
        std::pair{"UPDATE entry SET body = x'01' WHERE sequence = 4", "sequence 4 is damaged"},
        std::pair{"INSERT INTO entry SELECT -1, body, offsets, chain, crc FROM entry "
                  "WHERE sequence = 1",
                  "sequence 1 is missing"}}) {
    run_sql(copied(), sql);
    auto store = open_unproved(temporary / "copy");
    REQUIRE(store->prove(tenth, {}).has_value());
    CHECK(says(damage_of(*store, 10), said));
    CHECK(says(store->damaged(damage_of(*store, 10)).message, "cairn repair"));
  }
}
