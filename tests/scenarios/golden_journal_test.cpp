// Goal: a journal that an earlier cairn wrote opens and folds to what it folded to then; one of a later cairn is refused
// with what to do.
// Breaks when: a format changes without a new number, a fold changes without anybody noticing, or what is unknown is
// skipped instead of refused.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "bus/poller.hpp"
#include "config/load/loader.hpp"
#include "tests/world/world.hpp"
#include "tools/cairn/fold.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

const std::filesystem::path golden_folder = std::filesystem::path{CAIRN_SOURCE_DIR} / "tests/golden";

std::string first_line(const std::filesystem::path& path) {
  std::ifstream in{path};
  std::string line;
  std::getline(in, line);
  return line;
}

std::shared_ptr<const config::Hunt> golden_hunt(const std::filesystem::path& golden) {
  const config::LoadedHunt loaded = config::load_hunt(golden / "hunt");
  REQUIRE(loaded.hunt != nullptr);
  return loaded.hunt;
}

std::unique_ptr<bus::Store> open_copy(const std::filesystem::path& golden,
                                      const std::filesystem::path& copy) {
  std::filesystem::copy(golden / "data", copy);
  return open_journal(copy, golden_hunt(golden)->id);
}

}  // namespace

TEST_CASE("every golden journal opens and folds to the state that it is known to fold to") {
  std::size_t journals = 0;
  for (const auto& entry : std::filesystem::directory_iterator{golden_folder}) {
    if (!entry.is_directory()) continue;
    ++journals;
    const TemporaryFolder folder;
    const auto store = open_copy(entry.path(), folder.path() / "data");
    CHECK(store->head() >= 300);
    Fold fold{golden_hunt(entry.path())};
    const auto read = store->read(1, store->head(), [&fold](const bus::Record& record) {
      return fold.fold(record.sequence, record.body);
    });
    REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
    actors::StateWriter state;
    fold.save(state);
    CHECK(actors::state_hash(state.bytes()) == first_line(entry.path() / "state_hash"));
  }
  CHECK(journals >= 1);
}

TEST_CASE("an entry of a later cairn is refused with what to do, and nothing is changed") {
  const TemporaryFolder folder;
  const std::filesystem::path data = folder.path() / "data";
  std::uint64_t head = 0;
  {
    const auto store = open_copy(golden_folder / "1", data);
    head = store->head() + 1;
    const std::vector<std::byte> body{std::byte{actors::kEntryFormat + 1}, std::byte{1}};
    const bus::Record later{.sequence = head, .body = body, .offsets = {}};
    REQUIRE(store->append({&later, 1}).has_value());
  }
  bus::FdPoller poller;
  const bus::VirtualClock clock{1'700'000'000'000};
  HouseOptions options;
  options.hunt = golden_hunt(golden_folder / "1");
  options.data = data;
  auto house = House::open(std::move(options), clock, {&poller});
  REQUIRE(house.has_value());
  const auto replayed = (*house)->replay();
  REQUIRE(replayed.has_error());
  CHECK(replayed.error().message.find("entry " + std::to_string(head) + " has format 2") !=
        std::string::npos);
  CHECK(replayed.error().message.find("open the data directory with the edition that wrote it") !=
        std::string::npos);
}
