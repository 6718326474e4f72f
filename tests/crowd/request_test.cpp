// Goal: requests are proper JSON whatever an answer holds, ids come back as numbers, and verdicts are judged
// rightly.
#include "tools/crowd/request.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <string>

using namespace cairn::crowd;

TEST_CASE("an answer with quotes, backslashes and control letters survives the way to the server") {
  const std::string answer = "a \"quoted\" \\ back\n\tslash \x01 ü";
  const std::string text = request_text("submit_answer", 17, answer_details("p\"1", answer));
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  REQUIRE(parser.parse(text).get(root) == simdjson::SUCCESS);
  CHECK(std::string_view(root["type"]) == "submit_answer");
  CHECK(std::string_view(root["id"]) == "c-17");
  CHECK(std::string_view(root["data"]["answer"]) == answer);
  CHECK(std::string_view(root["data"]["puzzle"]) == "p\"1");
}

TEST_CASE("hints, clues and check-ins have the members that the protocol names") {
  PuzzleSolution puzzle;
  puzzle.id = "pier";
  puzzle.longitude = 4.125;
  puzzle.latitude = 51.5;
  puzzle.check_in_code = "rope";
  simdjson::dom::parser parser;
  const std::string check_in = request_text("check_in", 1, check_in_details(puzzle));
  simdjson::dom::element root = parser.parse(check_in);
  CHECK(double(root["data"]["at"].at(0)) == doctest::Approx(4.125));
  CHECK(double(root["data"]["at"].at(1)) == doctest::Approx(51.5));
  CHECK(std::string_view(root["data"]["code"]) == "rope");
  root = parser.parse(request_text("request_hint", 2, hint_details("pier", 1)));
  CHECK(std::uint64_t(root["data"]["hint"]) == 1);
  root = parser.parse(request_text("discover_clue", 3, clue_details("pier", 2, "")));
  CHECK(std::uint64_t(root["data"]["clue"]) == 2);
  CHECK(root["data"]["code"].error() != simdjson::SUCCESS);
}

TEST_CASE("only our own ids are numbers") {
  CHECK(request_number("c-17") == 17);
  CHECK(request_number("c-") == 0);
  CHECK(request_number("c-17x") == 0);
  CHECK(request_number("17") == 0);
  CHECK(request_number("c-99999999999999") == 0);
}

TEST_CASE("a right answer that is called wrong, and a wrong one that is called right, are both found out") {
  CHECK(fits(Ask::right_guess, Verdict::correct));
  CHECK_FALSE(fits(Ask::right_guess, Verdict::incorrect));
  CHECK_FALSE(fits(Ask::right_guess, Verdict::already_tried));
  CHECK_FALSE(fits(Ask::wrong_guess, Verdict::correct));
  CHECK_FALSE(fits(Ask::wrong_guess, Verdict::partial));
  CHECK(fits(Ask::wrong_guess, Verdict::already_tried));
  CHECK(fits(Ask::partial_guess, Verdict::partial));
  CHECK_FALSE(fits(Ask::partial_guess, Verdict::incorrect));
  CHECK_FALSE(fits(Ask::right_guess, verdict_of("splendid")));
  CHECK(verdict_of("already_solved") == Verdict::already_solved);
}
