// Goal: the answer key is read whole, and what is wrong with one is said. Breaks: no JSON, no puzzles, no id,
// twice.
#include "tools/crowd/puzzle_book.hpp"

#include <doctest/doctest.h>

using namespace cairn::crowd;

TEST_CASE("every member of a key is read") {
  auto book = PuzzleBook::parse(R"({"hunt":"h","puzzles":[
    {"id":"a","district":"d","answers":["One","1"],"wrong":["two"],"partials":["on"],
     "clues":[{"index":0,"code":"K"},{"index":2}],"hints":3,"at":[4.5,52],"radius_m":30,"code":"X","needs_check_in":true},
    {"id":"b","district":"d","answers":[]}]})");
  REQUIRE(book.has_value());
  REQUIRE(book->count() == 2);
  const PuzzleSolution& puzzle = book->at(book->index_of("a"));
  CHECK(puzzle.district == "d");
  CHECK(puzzle.answers.size() == 2);
  CHECK(puzzle.wrong.front() == "two");
  CHECK(puzzle.partials.front() == "on");
  REQUIRE(puzzle.clue_codes.size() == 3);
  CHECK(puzzle.clue_codes[0] == "K");
  CHECK(puzzle.clue_codes[2].empty());
  CHECK(puzzle.hints_count == 3);
  CHECK(puzzle.takes_check_in);
  CHECK(puzzle.longitude == doctest::Approx(4.5));
  CHECK(puzzle.latitude == doctest::Approx(52));
  CHECK(puzzle.check_in_code == "X");
  CHECK(puzzle.needs_check_in);
  CHECK_FALSE(book->at(1).takes_check_in);
  CHECK(book->solvable());
}

TEST_CASE("a puzzle that only the server names gets a place of its own, once") {
  PuzzleBook book;
  const PuzzleIndex index = book.index_of("new");
  CHECK(book.index_of("new") == index);
  CHECK(book.index_of("other") != index);
  CHECK(book.at(index).answers.empty());
  CHECK_FALSE(book.solvable());
}

TEST_CASE("what is not a key is refused with its reason") {
  CHECK(PuzzleBook::parse("{").has_error());
  CHECK(PuzzleBook::parse(R"({"hunt":"h"})").error().message.find("puzzles") != std::string::npos);
  CHECK(PuzzleBook::parse(R"({"puzzles":[{"district":"d"}]})").error().message.find("puzzles[0]") !=
        std::string::npos);
  CHECK(PuzzleBook::parse(R"({"puzzles":[{"id":"a"},{"id":"a"}]})").error().message.find("repeats") !=
        std::string::npos);
  CHECK(PuzzleBook::read("no such file").error().message.find("no such file") != std::string::npos);
}
