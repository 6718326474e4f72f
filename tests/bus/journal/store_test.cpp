// Goal: what was appended is there after any reopening, and a directory that is not ours is refused in one
// sentence. Breaks: locks, identities, formats, paths.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "bus/clock.hpp"
#include "tests/bus/journal/store_world.hpp"

using namespace cairn;
using namespace cairn::bus;

namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

void run_sql(const std::filesystem::path& path, const char* sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("entries read back in order, in this life of the store and the next") {
  const TemporaryDirectory temporary;
  std::string data_id;
  {
    auto store = open_store(temporary / "data");
    CHECK(store->head() == 0);
    data_id = store->data_id();
    CHECK(data_id.size() == 16);
    append(*store, 1);
    append(*store, 64);
    append(*store, 135);
    CHECK(store->head() == 200);
    CHECK(reads_back(*store, 1, 200));
    CHECK(reads_back(*store, 57, 123));
    CHECK(reads_back(*store, 200, 200));
  }
  auto store = open_store(temporary / "data");
  CHECK(store->head() == 200);
  CHECK(store->data_id() == data_id);
  CHECK(reads_back(*store, 1, 200));
  append(*store, 10);
  CHECK(reads_back(*store, 195, 210));
}

TEST_CASE("a visitor's error ends the reading and comes back") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "data");
  append(*store, 10);
  int seen = 0;
  const auto read = store->read(1, 10, [&seen](const Record&) -> Result<void> {
    if (++seen == 4) return failure("enough");
    return {};
  });
  REQUIRE(read.has_error());
  CHECK(read.error().message == "enough");
  CHECK(seen == 4);
  CHECK(reads_back(*store, 1, 10));
  append(*store, 1);
}

TEST_CASE("what a killed process leaves opens with every entry") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "data");
  append(*store, 300);
  copy_while_open(temporary / "data", temporary / "copy");
  auto copy = open_store(temporary / "copy");
  CHECK(copy->head() == 300);
  CHECK(reads_back(*copy, 1, 300));
}

TEST_CASE("the files are for their owner only") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "made/below");
  append(*store, 5);
  CHECK(mode_of(temporary / "made/below") == 0700);
  append(*open_store(temporary / "slash/"), 1);
  CHECK(mode_of(temporary / "slash") == 0700);
  CHECK(mode_of(temporary / "made/below/journal.db") == 0600);
  CHECK(mode_of(temporary / "made/below/journal.db-wal") == 0600);
  CHECK(mode_of(temporary / "made/below/journal.mark") == 0600);
}

TEST_CASE("the directory of another hunt is refused and left alone") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "data"), 3); }
  const std::string before = slurp(temporary / "data/journal.db");
  const std::string message = refusal(temporary / "data", "old town");
  CHECK(says(message, "holds the hunt \"harbour\", not \"old town\""));
  CHECK(slurp(temporary / "data/journal.db") == before);
  CHECK(open_store(temporary / "data")->head() == 3);
}

TEST_CASE("a second opener is refused, in this process and in another") {
  const TemporaryDirectory temporary;
  auto store = open_store(temporary / "data");
  CHECK(says(refusal(temporary / "data"), "is in use by another cairn"));
  const pid_t child = ::fork();
  if (child == 0) {
    // Only the exit code counts here; doctest's own state belongs to the parent.
    ::_exit(says(refusal(temporary / "data"), "is in use by another cairn") ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  CHECK(repair(temporary / "data").has_error());
  append(*store, 5);
  store.reset();
  CHECK(open_store(temporary / "data")->head() == 5);
}

TEST_CASE("another SQLite tool in the database is reported as such") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "data"), 3); }
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open((temporary / "data/journal.db").c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN; SELECT count(*) FROM entry;", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(says(refusal(temporary / "data"), "in use by another cairn or an SQLite tool"));
  sqlite3_close(other);
  CHECK(open_store(temporary / "data")->head() == 3);
}

TEST_CASE("a newer format and a foreign database are refused with what to do") {
  const TemporaryDirectory temporary;
  { append(*open_store(temporary / "data"), 3); }
  run_sql(temporary / "data/journal.db", "PRAGMA user_version=2");
  const std::string newer = refusal(temporary / "data");
  CHECK(says(newer, "format 2"));
  CHECK(says(newer, "run the cairn that wrote it"));
  run_sql(temporary / "data/journal.db", "PRAGMA user_version=1; PRAGMA application_id=5");
  CHECK(says(refusal(temporary / "data"), "is not a journal of cairn"));
  std::filesystem::create_directory(temporary / "text");
  spill(temporary / "text/journal.db", std::string(5000, 'x'));
  CHECK(says(refusal(temporary / "text"), "is damaged"));
}

TEST_CASE("a directory that cannot be is one clear sentence") {
  const TemporaryDirectory temporary;
  spill(temporary / "file", "not a directory");
  CHECK(says(refusal(temporary / "file"), "not a directory"));
  CHECK(says(refusal(temporary / "file/below"), "cannot create the data directory"));
  CHECK(says(refusal("/proc/cairn"), "cannot create the data directory"));
  std::filesystem::create_directories(temporary / "odd/journal.db");
  CHECK(says(refusal(temporary / "odd"), "cannot create"));
}

TEST_CASE("a creation that was cut short starts again") {
  const TemporaryDirectory temporary;
  std::filesystem::create_directory(temporary / "data");
  spill(temporary / "data/journal.db", "");
  auto store = open_store(temporary / "data");
  append(*store, 2);
  CHECK(store->head() == 2);
}

TEST_CASE("a checkpoint empties the write-ahead log and loses nothing") {
  const TemporaryDirectory temporary;
  const SystemClock clock;
  auto store = open_store(temporary / "data");
  append(*store, 100);
  CHECK(store->wal_pages() > 0);
  const auto idle = store->checkpoint(clock, store->wal_pages() + 1);
  REQUIRE(idle.has_value());
  CHECK(idle->pages_moved == 0);
  const std::uint32_t pages = store->wal_pages();
  const auto moved = store->checkpoint(clock, 1);
  REQUIRE(moved.has_value());
  CHECK(moved->pages_before == pages);
  CHECK(moved->pages_moved == pages);
  CHECK(store->wal_pages() == 0);
  append(*store, 100);
  CHECK(store->sync_mark().has_value());
  CHECK(reads_back(*store, 1, 200));
  copy_while_open(temporary / "data", temporary / "copy");
  CHECK(open_store(temporary / "copy")->head() == 200);
}
