// Goal: a team tries what it may, and holds the server to every promise. Breaks: each kind of promise taken
// back.
#include "tools/crowd/team.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace cairn::crowd;

namespace {

struct Fixture {
  PuzzleBook book = *PuzzleBook::parse(R"({"puzzles":[
    {"id":"a","answers":["x"],"hints":1,"clues":[{"index":0}]},{"id":"b","answers":["y"]},{"id":"c","answers":[]}]})");
  simdjson::dom::parser parser;
  Team team;
  Random chance{1};

  void apply(const std::string& json) { team.apply_state(parser.parse(json), book); }
  Effects verify(const std::string& json) { return team.verify(parser.parse(json), book); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "only open puzzles are tried, and only those with a known answer are solved") {
  CHECK(team.pick_guess(chance, 0, book) == Team::kNone);
  apply(R"({"puzzles":[{"id":"a","status":"locked"},{"id":"c","status":"open"}]})");
  CHECK(team.heard_state);
  CHECK(team.pick_guess(chance, 0, book) == book.index_of("c"));
  CHECK(team.pick_solve(chance, 0, book) == Team::kNone);
  team.set_status(book.index_of("a"), PuzzleStatus::open);
  CHECK(team.pick_solve(chance, 0, book) == book.index_of("a"));
  CHECK(team.open_count() == 2);
}

TEST_CASE_FIXTURE(Fixture, "a puzzle on hold is left alone until its time") {
  apply(R"({"puzzles":[{"id":"a","status":"open"}]})");
  team.progress(book.index_of("a")).hold_until_ns = 100;
  CHECK(team.pick_guess(chance, 99, book) == Team::kNone);
  CHECK(team.pick_solve(chance, 99, book) == Team::kNone);
  CHECK(team.pick_solve(chance, 100, book) == book.index_of("a"));
}

TEST_CASE_FIXTURE(Fixture, "guesses are spent where there are some to spare") {
  apply(
      R"({"puzzles":[{"id":"a","status":"open","guesses_left":1},{"id":"b","status":"open","guesses_left":5}]})");
  for (int step = 0; step < 50; ++step) CHECK(team.pick_guess(chance, 0, book) == book.index_of("b"));
}

TEST_CASE_FIXTURE(Fixture, "solved stays solved whatever an older state says") {
  apply(R"({"puzzles":[{"id":"a","status":"open"}]})");
  team.set_status(book.index_of("a"), PuzzleStatus::solved);
  apply(R"({"puzzles":[{"id":"a","status":"open"}]})");
  CHECK(team.open_count() == 0);
}

TEST_CASE_FIXTURE(Fixture, "promises that are all there are kept") {
  PuzzleProgress& mine = team.progress(book.index_of("a"));
  mine.solve_promised = true;
  mine.hints_promised = 1;
  mine.clues_promised = 3;
  const Effects effects = verify(
      R"({"puzzles":[{"id":"a","status":"solved","hints":[{"index":0}],"clues":[{"index":0},{"index":1}]}]})");
  CHECK(effects.promised == 4);
  CHECK(effects.lost == 0);
}

TEST_CASE_FIXTURE(Fixture, "each kind of promise that is missing is counted as lost") {
  PuzzleProgress& mine = team.progress(book.index_of("a"));
  mine.solve_promised = true;
  mine.hints_promised = 1;
  mine.clues_promised = 3;
  CHECK(
      verify(
          R"({"puzzles":[{"id":"a","status":"open","hints":[{"index":0}],"clues":[{"index":0},{"index":1}]}]})")
          .lost == 1);
  CHECK(verify(R"({"puzzles":[{"id":"a","status":"solved","hints":[],"clues":[{"index":0},{"index":1}]}]})")
            .lost == 1);
  CHECK(verify(R"({"puzzles":[{"id":"a","status":"solved","hints":[{"index":0}],"clues":[{"index":1}]}]})")
            .lost == 1);
  CHECK(verify(R"({"puzzles":[]})").lost == 4);
  CHECK(verify(R"({})").lost == 4);
}

TEST_CASE_FIXTURE(Fixture, "what nobody was promised makes up for nothing") {
  team.progress(book.index_of("a")).hints_promised = 1;
  CHECK(
      verify(R"({"puzzles":[{"id":"b","status":"solved","hints":[{"index":0}]},{"id":"a","status":"open"}]})")
          .lost == 1);
}

TEST_CASE_FIXTURE(Fixture, "an acknowledged solve that the team's stream never told of is counted") {
  PuzzleProgress& mine = team.progress(book.index_of("a"));
  mine.solve_promised = true;
  CHECK(team.untold_solves() == 1);
  mine.solve_told = true;
  CHECK(team.untold_solves() == 0);
}
