// Goal: after a wrong answer key everybody can be given what they earned: what the other revision would have scored is what
// the journal says, and what an operator then applies is a solve like any other, once, ranked by when it was guessed.
// Breaks when: a guess is forgotten or judged by the wrong key, an award follows another order, a correction counts twice,
// takes points, opens nothing, or is not there after a restart.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/world/world.hpp"
#include "tools/replay/rescore_report.hpp"
#include "tools/replay/verifier.hpp"

using namespace cairn;
using namespace cairn::test;
using replay::Correction;
using replay::Rescore;

namespace {

std::shared_ptr<const config::Hunt> with_answers(const World& world, std::string_view puzzle,
                                                 std::vector<std::string> answers) {
  auto other = std::make_shared<config::Hunt>(world.hunt());
  other->puzzles[index(*other->find_puzzle(puzzle))].answers = std::move(answers);
  return other;
}

// Every entry, folded: how the other revision would have scored, and whether all of it follows the rules.
struct Folded {
  Rescore rescore;
  replay::Verification found;
};

Folded fold(World& world, const std::shared_ptr<const config::Hunt>& other) {
  replay::Rescorer rescorer{world.shared_hunt(), other};
  replay::Verifier verifier{world.shared_hunt(), std::nullopt, std::nullopt};
  world.settle();
  world.die();
  {
    const auto store = open_journal(world.data(), world.hunt().id);
    const auto read = store->read(1, store->head(), [&](const bus::Record& record) -> Result<void> {
      const auto entry = actors::decode_entry(record.sequence, record.body);
      REQUIRE(entry.has_value());
      rescorer.take(*entry);
      verifier.take(*entry, record.offsets);
      return {};
    });
    REQUIRE(read.has_value());
  }
  world.start();
  for (const auto& team : world.teams())
    for (const auto& player : team->members) player->resume();
  return {rescorer.finish(), verifier.finish()};
}

actors::Command command_of(const Correction& correction) {
  actors::Command command;
  command.kind = actors::CommandKind::kRescore;
  command.team = correction.team;
  command.player = correction.player;
  command.puzzle = correction.puzzle;
  command.points = static_cast<std::int32_t>(correction.points_then);
  command.guess = correction.guess;
  command.rank = correction.rank;
  return command;
}

void check_rules(const Folded& folded) { CHECK(folded.found.problems == std::vector<std::string>{}); }

}  // namespace

TEST_CASE(
    "the other key finds wrong and partial guesses that were right, in the order in which they were made") {
  World world;
  Team& red = world.team("Red", 2);
  Team& blue = world.team("Blue", 1);
  Team& green = world.team("Green", 1);
  for (Team* team : {&red, &blue, &green}) CHECK(team->submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("anchor", "rope") == "incorrect");
  CHECK(blue.submits("anchor", "anchor") == "correct");
  CHECK(red.submits("anchor", "anchor") == "correct");
  const Folded folded = fold(world, with_answers(world, "anchor", {"anchor", "rope"}));
  check_rules(folded);
  // 100 for the first, 30 less for each further one.
  REQUIRE(folded.rescore.gains.size() == 1);
  const Correction& gain = folded.rescore.gains[0];
  CHECK(gain.team == actors::TeamIndex{0});
  CHECK(gain.was_solved);
  CHECK(gain.points_now == 70);
  CHECK(gain.points_then == 100);
  CHECK(gain.rank == 1);
  REQUIRE(folded.rescore.losses.size() == 1);
  CHECK(folded.rescore.losses[0].team == actors::TeamIndex{1});
  CHECK(folded.rescore.losses[0].points_then == 70);
  CHECK(folded.rescore.teams[0].rank_now == 2);
  CHECK(folded.rescore.teams[0].rank_then == 1);
  CHECK(folded.rescore.teams[1].rank_then == 2);
  CHECK(folded.rescore.teams[2].earned_then == 100);
  CHECK(folded.rescore.guesses_unknown == 0);

  CHECK(green.submits("anchor", "rope") == "incorrect");
  const Folded none = fold(world, world.shared_hunt());
  CHECK(none.rescore.gains.empty());
  CHECK(none.rescore.losses.empty());
}

TEST_CASE(
    "what was accepted and is wrong by the other key is shown as a loss, and a puzzle that is gone keeps its "
    "points") {
  World world;
  Team& red = world.team("Red", 1);
  CHECK(red.submits("lantern", "light") == "partial");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  const Folded wrong = fold(world, with_answers(world, "lantern", {"beacon"}));
  REQUIRE(wrong.rescore.losses.size() == 1);
  CHECK(wrong.rescore.losses[0].points_now == 100);
  CHECK(wrong.rescore.losses[0].points_then == 0);
  CHECK(wrong.rescore.gains.empty());
  CHECK(replay::corrections(wrong.rescore, world.hunt()).empty());
  const Folded partial = fold(world, with_answers(world, "lantern", {"light"}));
  CHECK(partial.rescore.losses.empty());
  CHECK(partial.rescore.teams[0].earned_then == 100);

  auto less = std::make_shared<config::Hunt>(world.hunt());
  less->puzzles.erase(less->puzzles.begin() +
                      static_cast<std::ptrdiff_t>(index(*less->find_puzzle("lantern"))));
  const Folded gone = fold(world, less);
  CHECK(gone.rescore.puzzles_missing == std::vector<std::string>{"lantern"});
  CHECK(gone.rescore.teams[0].earned_then == 100);
  CHECK(gone.rescore.losses.empty());
}

TEST_CASE("what an operator applies is a solve: told, unlocking, ranked by its guess, and given once") {
  World world;
  Team& red = world.team("Red", 2);
  Team& blue = world.team("Blue", 1);
  CHECK(red.submits("lantern", "star") == "incorrect");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("anchor", "anchor") == "locked");
  const auto other = with_answers(world, "lantern", {"lighthouse", "star"});
  const Folded before = fold(world, other);
  REQUIRE(before.rescore.gains.size() == 1);
  const Correction gain = before.rescore.gains[0];
  CHECK_FALSE(gain.was_solved);
  CHECK(replay::corrections(before.rescore, world.hunt()) ==
        R"({"team":"t0","player":"p0","puzzle":"lantern","points":100,"guess":)" +
            std::to_string(gain.guess) +
            R"(,"rank":1})"
            "\n");

  CHECK(world.operate(command_of(gain)) == actors::Code::kOk);
  for (Player* player : {&red[0], &red[1]})
    CHECK(player->was_told("puzzle_solved", R"("by":"Red-1","points":100)"));
  CHECK(blue[0].was_told("team_solved", R"("name":"Red")"));
  CHECK(red[0].was_told("puzzle_unlocked", "anchor"));
  // Both have 100; Red had guessed it first.
  CHECK(world.view().rank(actors::TeamIndex{0}) == 1);
  CHECK(world.view().earned(actors::TeamIndex{0}) == 100);
  CHECK(red.submits("lantern", "lighthouse") == "already_solved");
  CHECK(red.submits("anchor", "anchor") == "correct");

  const std::uint64_t entries = world.house().journal().committed();
  CHECK(world.operate(command_of(gain)) == actors::Code::kOk);
  CHECK(world.house().journal().committed() == entries);
  const std::string hash = world.house().state_hash();
  const Folded after = fold(world, other);
  check_rules(after);
  CHECK(after.found.state_hash == hash);
  CHECK(world.house().state_hash() == hash);
  CHECK(after.rescore.gains.empty());
}

TEST_CASE("a solve that counts for more is told to its team alone, after the hunt has ended, too") {
  World world;
  Team& red = world.team("Red", 1);
  Team& blue = world.team("Blue", 1);
  for (Team* team : {&red, &blue}) CHECK(team->submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("anchor", "rope") == "incorrect");
  CHECK(blue.submits("anchor", "anchor") == "correct");
  CHECK(red.submits("anchor", "anchor") == "correct");
  CHECK(world.operate(actors::CommandKind::kEndHunt) == actors::Code::kOk);
  const Folded before = fold(world, with_answers(world, "anchor", {"anchor", "rope"}));
  for (const Correction& gain : before.rescore.gains)
    CHECK(world.operate(command_of(gain)) == actors::Code::kOk);
  CHECK(red[0].was_told("points_awarded", R"("points":30,"reason":"rescored","puzzle":"anchor")"));
  CHECK(blue[0].times_told("points_awarded", "") == 0);
  CHECK(world.view().earned(actors::TeamIndex{0}) == 200);
  CHECK(world.view().earned(actors::TeamIndex{1}) == 200);
  CHECK(world.view().rank(actors::TeamIndex{1}) == 1);
  actors::Command less = command_of(before.rescore.losses.at(0));
  CHECK(world.operate(less) == actors::Code::kOk);
  CHECK(world.view().earned(actors::TeamIndex{1}) == 200);
  less.team = actors::TeamIndex{7};
  CHECK(world.operate(less) == actors::Code::kNotFound);
  check_rules(fold(world, world.shared_hunt()));
}
