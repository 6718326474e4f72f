// Goal: what was folded can be saved at any entry and gone on with from there, and nobody can tell the difference: same
// log, same state, same hash.
// Breaks when: a role, the view or the memory of requests forgets to save something, saves what is not its fold (an order
// of a hash table, a time of this process), or decides and folds differently.
#include <doctest/doctest.h>

#include <map>

#include "actors/runtime/request_memory.hpp"
#include "tests/world/world.hpp"
#include "tools/bench/night/night.hpp"
#include "tools/cairn/fold.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

std::shared_ptr<const config::Hunt> quay() { return std::make_shared<config::Hunt>(World{}.hunt()); }

using Log = std::vector<std::vector<std::byte>>;

// The bodies of a night's entries.
Log night(const std::shared_ptr<const config::Hunt>& hunt, std::uint64_t seed, std::uint64_t entries) {
  bench::Night night{hunt, {.seed = seed, .teams = 9, .players_per_team = 3, .ms_per_act = 5'000}};
  Log log;
  const auto played = night.play(entries, [&log](const bus::Record& record) -> Result<void> {
    log.emplace_back(record.body.begin(), record.body.end());
    return {};
  });
  REQUIRE(played.has_value());
  return log;
}

void fold_on(Fold& fold, const Log& log, std::size_t from) {
  for (std::size_t i = from; i < log.size(); ++i) REQUIRE(fold.fold(i + 1, log[i]).has_value());
}

std::vector<std::byte> saved(const Fold& fold) {
  actors::StateWriter out;
  fold.save(out);
  return out.take();
}

actors::Reply numbered(std::uint32_t number) {
  actors::Reply reply;
  reply.item = number;
  return reply;
}

std::vector<std::byte> saved(const actors::RequestMemory& memory) {
  actors::StateWriter out;
  memory.save(out);
  return out.take();
}

}  // namespace

TEST_CASE("a night cut at any entry, saved, loaded and gone on with, is the night that was not cut") {
  const auto hunt = quay();
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Log log = night(hunt, seed, 250);
    Fold whole{hunt};
    fold_on(whole, log, 0);
    const std::vector<std::byte> expected = saved(whole);
    CHECK(actors::state_hash(expected).size() == 32);
    Fold until{hunt};
    for (std::size_t cut = 0; cut <= log.size(); ++cut) {
      if (cut > 0) REQUIRE(until.fold(cut, log[cut - 1]).has_value());
      const std::vector<std::byte> state = saved(until);
      Fold loaded{hunt};
      REQUIRE(loaded.load(state));
      REQUIRE(saved(loaded) == state);
      fold_on(loaded, log, cut);
      REQUIRE(saved(loaded) == expected);
    }
  }
}

TEST_CASE("every entry but those that tell nothing new changes the state") {
  const auto hunt = quay();
  const Log log = night(hunt, 4, 250);
  Fold fold{hunt};
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < log.size(); ++i) {
    REQUIRE(fold.fold(i + 1, log[i]).has_value());
    CHECK(seen.emplace(actors::state_hash(saved(fold)), i).second);
  }
}

TEST_CASE("state that is cut off or of another hunt is refused, not loaded in part and trusted") {
  const auto hunt = quay();
  Fold fold{hunt};
  fold_on(fold, night(hunt, 5, 120), 0);
  const std::vector<std::byte> state = saved(fold);
  for (std::size_t bytes = 0; bytes < state.size(); bytes += 1 + state.size() / 97) {
    Fold loaded{hunt};
    CHECK_FALSE(loaded.load(std::span{state}.first(bytes)));
  }
  auto smaller = std::make_shared<config::Hunt>(*hunt);
  smaller->teams_max = 3;
  Fold other{smaller};
  CHECK_FALSE(other.load(state));
}

TEST_CASE("a live house has the state that its journal folds to, on however many cores it goes on") {
  World world;
  Team& red = world.team("Red", 3);
  Team& blue = world.team("Blue", 2);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(red[1].submits("lantern", "lighthouse") == "correct");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  red[0].ask("request_hint", R"({"puzzle":"anchor","hint":0})");
  red[0].ask("discover_clue", R"({"puzzle":"lantern","clue":0})");
  red[2].ask("check_in", R"({"puzzle":"stall","at":[10.015,50.005],"accuracy_m":10})");
  CHECK(world.operate(actors::CommandKind::kOpenDistrict, "island") == actors::Code::kOk);
  CHECK(blue.submits("ledger", "76") == "incorrect");
  world.after(2s);
  REQUIRE(world.house().is_settled());
  const std::string hash = world.house().state_hash();
  for (const std::size_t cores : {1U, 3U, 2U}) {
    world.crash_and_restart(cores);
    CHECK(world.house().state_hash() == hash);
  }
}

TEST_CASE("replies are remembered in the journal's order, wherever and whenever they were decided") {
  actors::RequestMemory deciding{16};
  actors::RequestMemory other{16};
  const actors::PlayerIndex player{3};
  const auto id = [](std::uint32_t n) { return "request-" + std::to_string(n); };
  // Of each ten, some were decided here before those before them came back.
  for (std::uint32_t ten = 0; ten < 300; ten += 10) {
    for (const std::uint32_t n : {4U, 1U, 7U}) deciding.decide(player, id(ten + n), numbered(ten + n));
    for (std::uint32_t n = 0; n < 10; ++n) {
      CHECK((deciding.find(player, id(ten + n)) != nullptr) == (n == 4 || n == 1 || n == 7));
      deciding.commit(player, id(ten + n), numbered(ten + n));
      other.commit(player, id(ten + n), numbered(ten + n));
      REQUIRE(deciding.find(player, id(ten + n))->item == ten + n);
    }
    CHECK(saved(deciding) == saved(other));
  }
  CHECK(other.find(player, id(299 - 63)) != nullptr);
  CHECK(other.find(player, id(299 - 64)) == nullptr);
  // Committed elsewhere under an id that is still on its way here: the committed one counts, here too.
  deciding.decide(player, "twice", numbered(1));
  deciding.commit(player, "twice", numbered(2));
  deciding.commit(player, "twice", numbered(1));
  other.commit(player, "twice", numbered(2));
  other.commit(player, "twice", numbered(1));
  CHECK(deciding.find(player, "twice")->item == 2);
  CHECK(saved(deciding) == saved(other));
}
