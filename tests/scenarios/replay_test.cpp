// Goal: a replay comes to what the live house came to, and says of every way in which a journal can disagree with itself
// that it does.
// Breaks when: the fold of a replay and the live actors part ways, or a check of the verifier looks the other way.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>

#include "tests/world/world.hpp"
#include "tools/replay/moment.hpp"
#include "tools/replay/verifier.hpp"

using namespace cairn;
using namespace cairn::test;
using replay::Verification;
using replay::Verifier;

namespace {

struct Row {
  std::vector<std::byte> body;
  std::vector<bus::StreamOffset> offsets;
};

void play(World& world) {
  Team& red = world.team("Red", 2);
  Team& blue = world.team("Blue", 1);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(red[0].ask("request_hint", R"({"puzzle":"anchor","hint":0})") != "");
  CHECK(red.submits("anchor", "anchor") == "correct");
}

std::vector<Row> rows_of(World& world) {
  std::vector<Row> rows;
  world.die();
  const auto store = open_journal(world.data(), world.hunt().id);
  const auto read = store->read(1, store->head(), [&](const bus::Record& record) -> Result<void> {
    rows.push_back(
        {{record.body.begin(), record.body.end()}, {record.offsets.begin(), record.offsets.end()}});
    return {};
  });
  REQUIRE(read.has_value());
  return rows;
}

// An entry as somebody might have forged it.
template <class Change>
void forge(Row& row, Change change) {
  auto entry = actors::decode_entry(1, row.body);
  REQUIRE(entry.has_value());
  change(*entry);
  std::vector<std::byte> bytes(actors::kEntryBytesMax);
  bytes.resize(actors::encode(*entry, bytes));
  row.body = std::move(bytes);
}

// The first row of that kind.
Row& first(std::vector<Row>& rows, actors::EntryKind kind, actors::Verdict verdict = actors::Verdict::kNone) {
  const auto found = std::ranges::find_if(rows, [&](const Row& row) {
    const auto entry = actors::decode_entry(1, row.body);
    return entry->kind == kind && entry->verdict == verdict;
  });
  REQUIRE(found != rows.end());
  return *found;
}

// The number-th, which are counted from 1.
void take(Verifier& verifier, const Row& row, std::uint64_t number) {
  const auto entry = actors::decode_entry(number, row.body);
  REQUIRE(entry.has_value());
  verifier.take(*entry, row.offsets);
}

Verification verify(World& world, const std::vector<Row>& rows, std::optional<LastState> last = {}) {
  Verifier verifier{world.shared_hunt(), std::nullopt, std::move(last)};
  for (std::size_t i = 0; i < rows.size(); ++i) take(verifier, rows[i], i + 1);
  return verifier.finish();
}

bool has_problem(const Verification& found, std::string_view part) {
  return std::ranges::any_of(found.problems, [&](const std::string& p) { return p.find(part) != p.npos; });
}

}  // namespace

TEST_CASE("a replay comes to the state of the live house, and finds nothing wrong") {
  World world;
  play(world);
  const std::string live = world.house().state_hash();
  const std::vector<Row> rows = rows_of(world);
  const Verification found =
      verify(world, rows, LastState{.mark = {.sequence = rows.size(), .link = {}}, .hash = live});
  CHECK(found.state_hash == live);
  CHECK(found.problems == std::vector<std::string>{});
  CHECK(found.entries == rows.size());
  CHECK(found.teams == 2);
  CHECK(found.events > 5);
  REQUIRE(found.last_state.has_value());
  CHECK(found.last_state->is_same);
}

TEST_CASE("a replay says which entry breaks a rule of the hunt, and where the scores part from the rules") {
  World world;
  play(world);
  std::vector<Row> rows = rows_of(world);
  forge(first(rows, actors::EntryKind::kGuessDecided, actors::Verdict::kCorrect),
        [](actors::Entry& entry) { entry.points += 5; });
  const Verification found = verify(world, rows);
  CHECK(has_problem(found, "breaks the rules: what is awarded is"));
  CHECK(has_problem(found, "team t1: what it has earned is"));
  CHECK(found.problem_count >= 2);
}

TEST_CASE("a replay says which event stands at a wrong offset, and that a state is another one") {
  World world;
  play(world);
  std::vector<Row> rows = rows_of(world);
  first(rows, actors::EntryKind::kTeamCreated).offsets[0].first += 1;
  const Verification found =
      verify(world, rows, LastState{.mark = {.sequence = 3, .link = {}}, .hash = std::string(32, '0')});
  CHECK(found.problem_count == 2);
  CHECK(has_problem(found, "gave its events other offsets"));
  CHECK(has_problem(found, "the server stopped after entry 3 in another state"));
  CHECK_FALSE(found.last_state->is_same);
}

TEST_CASE("the checkpoint beside a journal is compared with its entries, state and streams") {
  WorldOptions options;
  options.checkpoint_every = 10;
  World world{options};
  play(world);
  const std::vector<Row> rows = rows_of(world);
  const bus::CheckpointKind kind{.state_version = actors::kStateVersion,
                                 .content_hash = world.hunt().content_hash};
  const auto compare = [&](const std::vector<Row>& entries) {
    auto checkpoint = bus::Checkpoint::load(bus::system_files(), world.data(), kind);
    REQUIRE(checkpoint.has_value());
    REQUIRE(checkpoint->mark().sequence >= 10);
    Verifier verifier{world.shared_hunt(), *std::move(checkpoint), std::nullopt};
    for (std::size_t i = 0; i < entries.size(); ++i) take(verifier, entries[i], i + 1);
    return verifier.finish();
  };
  const Verification good = compare(rows);
  CHECK(good.problems == std::vector<std::string>{});
  REQUIRE(good.checkpoint.has_value());
  CHECK(good.checkpoint->is_same);
  std::vector<Row> other = rows;
  forge(first(other, actors::EntryKind::kTeamCreated), [](actors::Entry& entry) { entry.text = "Rod"; });
  const Verification bad = compare(other);
  CHECK_FALSE(bad.checkpoint->is_same);
  CHECK(has_problem(bad, "says something else than its entries"));
}

TEST_CASE("what a replay shows of a moment: state, districts, scores; and no answer and no player's name") {
  World world;
  play(world);
  const std::vector<Row> rows = rows_of(world);
  Verifier verifier{world.shared_hunt(), std::nullopt, std::nullopt};
  std::size_t at = 0;
  for (; replay::describe(verifier.fold().view(), 1).find("Blue") == std::string::npos; ++at) {
    REQUIRE(at < rows.size());
    take(verifier, rows[at], at + 1);
  }
  // Blue, who came second, leads from the moment of its solve on.
  CHECK(actors::decode_entry(at, rows[at - 1].body)->kind == actors::EntryKind::kGuessDecided);
  const std::string text = replay::describe(verifier.fold().view(), 1);
  CHECK(text.starts_with("running, hunt time 0:0"));
  CHECK(text.find("districts open: quay") != std::string::npos);
  CHECK(text.find("and 1 more teams") != std::string::npos);
  net::TextBuffer buffer;
  net::JsonWriter json(buffer);
  json.begin_object();
  replay::write_moment(json, verifier.fold().view());
  json.end_object();
  const std::string written{json.finish()};
  CHECK(written.find(R"("rank":1)") != std::string::npos);
  for (const char* secret : {"lighthouse", "Blue-1", "moon"}) {
    CHECK(text.find(secret) == std::string::npos);
    CHECK(written.find(secret) == std::string::npos);
  }
}
