// Goal: a backup of a house that plays on is a data directory: its entries are the first ones of the original, and a house
// that is opened on it has the state that the original had then.
// Breaks when: the copy mixes two moments, is named before it is whole, shares a stream's epoch with the original, or a
// place that will not do is not refused in a sentence.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/world/world.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

using Entries = std::vector<std::vector<std::byte>>;

struct Opened {
  Entries entries;
  std::string data_id;
};

Opened open(World& world, const std::filesystem::path& data) {
  const auto store = open_journal(data, world.hunt().id);
  Opened opened{{}, store->data_id()};
  const auto read = store->read(1, store->head(), [&](const bus::Record& record) -> Result<void> {
    opened.entries.emplace_back(record.body.begin(), record.body.end());
    return {};
  });
  REQUIRE(read.has_value());
  return opened;
}

std::string refusal(World& world, const std::filesystem::path& to) {
  if (const auto asked = world.house().archivist().ask_backup(to); !asked) return asked.error().message;
  world.settle();
  CHECK_FALSE(world.house().archivist().backup().is_running);
  return world.house().archivist().backup().failure;
}

}  // namespace

TEST_CASE("a backup made while the hunt goes on holds the entries up to one moment") {
  World world;
  const TemporaryFolder folder;
  const std::filesystem::path to = folder.path() / "copy";
  Team& red = world.team("Red", 2);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  const std::uint64_t before = world.house().journal().committed();
  REQUIRE(world.house().archivist().ask_backup(to).has_value());
  REQUIRE(world.house().turn_archivist());
  CHECK_FALSE(std::filesystem::exists(to));
  // More is committed between the backup's beginning and its end.
  red[0].send_text(R"({"type":"submit_answer","id":"x","data":{"puzzle":"lantern","answer":"lighthouse"}})");
  for (int i = 0; i < 20; ++i) {
    red[0].listen();
    for (std::size_t core = 0; core < world.house().cores(); ++core) world.house().turn(core);
    world.house().turn_journal();
  }
  CHECK(world.house().journal().committed() > before);
  world.settle();
  CHECK(world.house().archivist().backup().failure.empty());
  CHECK(world.house().archivist().backup().entries == before);
  CHECK(red.submits("anchor", "rope") == "incorrect");

  const Opened copy = open(world, to);
  CHECK(copy.entries.size() == before);
  CHECK_FALSE(std::filesystem::exists(to.string() + ".unfinished/journal.db"));
  world.crash_and_restart([&] {
    const Opened original = open(world, world.data());
    REQUIRE(original.entries.size() > copy.entries.size());
    CHECK(std::equal(copy.entries.begin(), copy.entries.end(), original.entries.begin()));
    CHECK(copy.data_id != original.data_id);
  });
}

TEST_CASE("a house on the backup has the state of the original, and goes on") {
  World world;
  const TemporaryFolder folder;
  Team& red = world.team("Red", 2);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  const std::string hash = world.house().state_hash();
  CHECK(refusal(world, folder.path() / "copy").empty());
  CHECK(red.submits("anchor", "anchor") == "correct");
  CHECK(world.house().state_hash() != hash);
  world.crash_and_restart([&] {
    std::filesystem::remove_all(world.data());
    std::filesystem::rename(folder.path() / "copy", world.data());
  });
  CHECK(world.house().state_hash() == hash);
  // What they were told since is not in it: their offsets are of another epoch, and they begin anew.
  red[0].connect();
  CHECK(red.submits("anchor", "anchor") == "correct");
}

TEST_CASE("a place where no backup can be is refused in a sentence, and play goes on") {
  World world;
  Team& red = world.team("Red");
  const TemporaryFolder folder;
  std::ofstream{folder.path() / "file"} << "x";
  CHECK(refusal(world, "relative/path").find("the whole path") != std::string::npos);
  CHECK(refusal(world, folder.path()).find("is there already") != std::string::npos);
  CHECK(refusal(world, folder.path() / "file" / "copy").find("is not a directory") != std::string::npos);
  CHECK(refusal(world, "/proc/copy").find("cannot create") != std::string::npos);
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(refusal(world, folder.path() / "copy").empty());
  CHECK(refusal(world, folder.path() / "copy").find("is there already") != std::string::npos);
}
