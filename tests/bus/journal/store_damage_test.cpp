// Goal: no damaged entry, cut tail or missing file goes unnoticed, and a repair keeps exactly what can be proved.
// Breaks: real files, by hand; every bit and every moment are tests/durability/'s.
#include <doctest/doctest.h>

#include "tests/bus/journal/store_world.hpp"

using namespace cairn;
using namespace cairn::bus;

TEST_CASE("a damaged entry is named, and a repair keeps those before it") {
  const TemporaryDirectory temporary;
  std::string data_id;
  {
    auto store = open_store(temporary / "data");
    append(*store, 100);
    data_id = store->data_id();
  }
  std::string journal = slurp(temporary / "data/journal.db");
  const Sample damaged = sample(61);
  const auto at = journal.find(reinterpret_cast<const char*>(damaged.body.data()), 0, 32);
  REQUIRE(at != std::string::npos);
  journal[at + 5] = static_cast<char>(journal[at + 5] ^ 0x10);
  spill(temporary / "data/journal.db", journal);

  const std::string message = refusal(temporary / "data");
  CHECK(says(message, "sequence 61 is damaged"));
  CHECK(says(message, "cairn repair"));
  CHECK(slurp(temporary / "data/journal.db") == journal);

  const auto repaired = repair(temporary / "data");
  REQUIRE_MESSAGE(repaired.has_value(), (repaired ? "" : repaired.error().message));
  CHECK(repaired->head == 60);
  CHECK(says(repaired->sentence, "kept entries 1 to 60; lost are entries 61 to 100"));
  CHECK(slurp(temporary / "data/before-repair-1/journal.db") == journal);
  auto store = open_store(temporary / "data");
  CHECK(store->head() == 60);
  CHECK(store->data_id() != data_id);
  CHECK(reads_back(*store, 1, 60));
  append(*store, 10);
  store.reset();
  CHECK(open_store(temporary / "data")->head() == 70);
}

TEST_CASE("a write-ahead log cut off anywhere is refused, and a repair says what is lost") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "data");
  for (int i = 0; i < 20; ++i) append(*store, 5);
  const std::string log = slurp(temporary / "data/journal.db-wal");
  // The header (32 bytes) and frames of a page and 24 bytes.
  for (std::size_t cut = 1; cut < log.size(); cut += log.size() / 23) {
    copy_while_open(temporary / "data", temporary / "cut");
    spill(temporary / "cut/journal.db-wal", log.substr(0, log.size() - cut));
    const std::string message = refusal(temporary / "cut");
    CHECK(says(message, "had reached entry 100"));
    const auto repaired = repair(temporary / "cut");
    REQUIRE(repaired.has_value());
    CHECK(repaired->head < 100);
    CHECK(repaired->head % 5 == 0);
    CHECK(says(repaired->sentence, "to 100"));
    auto kept = open_store(temporary / "cut");
    CHECK(kept->head() == repaired->head);
    CHECK((kept->head() == 0 || reads_back(*kept, 1, kept->head())));
  }
}

TEST_CASE("a journal that went back to an older copy is refused by its mark") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "data");
  append(*store, 30);
  copy_while_open(temporary / "data", temporary / "old");
  append(*store, 12);
  store.reset();
  std::filesystem::copy_file(temporary / "data/journal.mark", temporary / "old/journal.mark",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(says(refusal(temporary / "old"), "entries 31 to 42 are lost"));
  // A missing journal, or an empty one, is a loss too, not a new beginning.
  spill(temporary / "old/journal.db", "");
  CHECK(says(refusal(temporary / "old"), "missing or empty"));
  std::filesystem::remove(temporary / "old/journal.db");
  CHECK(says(refusal(temporary / "old"), "missing or empty"));
}

TEST_CASE("a mark of another journal of the same length is refused") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "one"), 10); }
  { append(*open_store(temporary / "two"), 10); }
  std::filesystem::copy_file(temporary / "one/journal.mark", temporary / "two/journal.mark",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(says(refusal(temporary / "two"), "belongs to another journal"));
}

TEST_CASE("a missing mark is made anew") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "data"), 10); }
  std::filesystem::remove(temporary / "data/journal.mark");
  CHECK(open_store(temporary / "data")->head() == 10);
  CHECK(std::filesystem::exists(temporary / "data/journal.mark"));
}

TEST_CASE("a repair that was cut short is taken up again") {
  const TemporaryDirectory temporary;
  {
    auto store = open_store(temporary / "data");
    append(*store, 50);
    copy_while_open(temporary / "data", temporary / "cut");
  }
  // As after the first of the four moves: the old journal is put away, the new one is not yet in place.
  { append(*open_store(temporary / "new"), 40); }
  std::filesystem::rename(temporary / "new/journal.db", temporary / "cut/journal.repaired");
  std::filesystem::create_directory(temporary / "cut/before-repair-1");
  std::filesystem::rename(temporary / "cut/journal.db", temporary / "cut/before-repair-1/journal.db");
  CHECK(says(refusal(temporary / "cut"), "was cut short"));
  REQUIRE(repair(temporary / "cut").has_value());
  auto store = open_store(temporary / "cut");
  CHECK(store->head() == 40);
  CHECK(reads_back(*store, 1, 40));
}
