// Goal: a message is understood exactly as the protocol says, and everything else is refused with a sentence.
// It breaks: syntax, types, sizes, depth, duplicate keys, missing fields, in a table of malformed inputs.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "net/limits.hpp"
#include "net/protocol/command_parser.hpp"

namespace cairn::net {
namespace {

std::string nested(int levels) {
  std::string text = R"({"type":"ping","data":)";
  for (int i = 0; i < levels; ++i) text += "[";
  for (int i = 0; i < levels; ++i) text += "]";
  return text + "}";
}

TEST_CASE("a guess is read with its puzzle, answer and id") {
  CommandParser parser;
  const auto outcome =
      parser.parse(R"({"type":"submit_answer","id":"c-17","data":{"puzzle":"anchor","answer":"é \"x\""}})");
  REQUIRE(outcome.ok);
  CHECK(outcome.request.kind == RequestKind::kSubmitAnswer);
  CHECK(outcome.request.id == "c-17");
  CHECK(outcome.request.puzzle == "anchor");
  CHECK(outcome.request.answer == "é \"x\"");
}

TEST_CASE("a check-in's position is read in units of 1e-7 degrees") {
  CommandParser parser;
  const auto outcome = parser.parse(
      R"({"type":"check_in","id":"1","data":{"puzzle":"p","at":[-1.23456785,51],"accuracy_m":12.2}})");
  REQUIRE(outcome.ok);
  CHECK(outcome.request.at->longitude_e7 == -12345679);
  CHECK(outcome.request.at->latitude_e7 == 510000000);
  CHECK(outcome.request.accuracy_m == 13);
}

TEST_CASE("resume says where it stands in each stream") {
  CommandParser parser;
  const auto outcome = parser.parse(
      R"({"type":"resume","data":{"resume_token":"r1.x","streams":{"hunt":{"epoch":"e","offset":42},"me":{"epoch":"m","offset":0}}}})");
  REQUIRE(outcome.ok);
  CHECK(outcome.request.token == "r1.x");
  CHECK(outcome.request.streams[0].given);
  CHECK(outcome.request.streams[0].offset == 42);
  CHECK_FALSE(outcome.request.streams[1].given);
  CHECK(outcome.request.streams[2].epoch == "m");
}

TEST_CASE("get_state may name puzzles or a district") {
  CommandParser parser;
  auto outcome = parser.parse(R"({"type":"get_state","data":{"puzzles":["a","b"]}})");
  REQUIRE(outcome.ok);
  REQUIRE(outcome.request.puzzles.size() == 2);
  CHECK(outcome.request.puzzles[1] == "b");
  outcome = parser.parse(R"({"type":"get_state","data":{"district":"quay"}})");
  REQUIRE(outcome.ok);
  CHECK(outcome.request.district == "quay");
}

TEST_CASE("every malformed message is refused with a sentence") {
  const std::string long_id(37, 'i');
  const std::string long_token(129, 't');
  const std::string long_answer(513, 'a');
  struct Case {
    std::string text;
    bool is_json;
  };
  const std::vector<Case> cases = {
      {"", false},
      {"   ", false},
      {"{", false},
      {"[]", false},
      {"\"ping\"", false},
      {"{\"type\":\"ping\"} x", false},
      {R"({"type":"ping","junk":tru})", false},
      {R"({"type":"ping",})", false},
      {nested(20), false},
      {R"({})", true},
      {R"({"type":7})", true},
      {R"({"type":""})", true},
      {R"({"type":"dance"})", true},
      {R"({"type":"location_update","id":"1","data":{}})", true},
      {R"({"type":"ping","type":"ping"})", true},
      {R"({"type":"ping","data":{"a":1,"a":2}})", true},
      {R"({"type":"ping","data":{"a":[{"b":1,"b":2}]}})", true},
      {R"({"type":"ping","id":7})", true},
      {R"({"type":"ping","id":""})", true},
      {R"({"type":"ping","id":")" + long_id + "\"}", true},
      {R"({"type":"ping","data":[]})", true},
      {R"({"type":"hello","data":{"token":7}})", true},
      {R"({"type":"hello","data":{"token":""}})", true},
      {R"({"type":"hello","data":{"token":")" + long_token + "\"}}", true},
      {R"({"type":"resume"})", true},
      {R"({"type":"resume","data":{"streams":{}}})", true},
      {R"({"type":"resume","data":{"resume_token":"x"}})", true},
      {R"({"type":"resume","data":{"resume_token":"x","streams":{"hunt":7}}})", true},
      {R"({"type":"resume","data":{"resume_token":"x","streams":{"hunt":{"epoch":"e"}}}})", true},
      {R"({"type":"resume","data":{"resume_token":"x","streams":{"hunt":{"epoch":"e","offset":-1}}}})", true},
      {R"({"type":"resume","data":{"resume_token":"x","streams":{"hunt":{"epoch":"e","offset":1.5}}}})",
       true},
      {R"({"type":"submit_answer","data":{"puzzle":"p","answer":"a"}})", true},
      {R"({"type":"submit_answer","id":"1"})", true},
      {R"({"type":"submit_answer","id":"1","data":{"puzzle":"p"}})", true},
      {R"({"type":"submit_answer","id":"1","data":{"answer":"a"}})", true},
      {R"({"type":"submit_answer","id":"1","data":{"puzzle":3,"answer":"a"}})", true},
      {R"({"type":"submit_answer","id":"1","data":{"puzzle":"p","answer":")" + long_answer + "\"}}", true},
      {R"({"type":"discover_clue","id":"1","data":{"puzzle":"p"}})", true},
      {R"({"type":"discover_clue","id":"1","data":{"puzzle":"p","clue":-1}})", true},
      {R"({"type":"discover_clue","id":"1","data":{"puzzle":"p","clue":0,"code":7}})", true},
      {R"({"type":"request_hint","id":"1","data":{"puzzle":"p","hint":"0"}})", true},
      {R"({"type":"check_in","id":"1","data":{"puzzle":"p"}})", true},
      {R"({"type":"check_in","id":"1","data":{"puzzle":"p","at":[1]}})", true},
      {R"({"type":"check_in","id":"1","data":{"puzzle":"p","at":[181,0]}})", true},
      {R"({"type":"check_in","id":"1","data":{"puzzle":"p","at":[0,0],"accuracy_m":-1}})", true},
      {R"({"type":"get_state","data":{"puzzles":[]}})", true},
      {R"({"type":"get_state","data":{"puzzles":[7]}})", true},
      {"{\"type\":\"ping\",\"pad\":\"" + std::string(kRequestBytesMax, 'x') + "\"}", true},
  };
  CommandParser parser;
  for (const Case& c : cases) {
    CAPTURE(c.text.substr(0, 120));
    const auto outcome = parser.parse(c.text);
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.is_json == c.is_json);
    CHECK_FALSE(outcome.why.empty());
  }
}

TEST_CASE("a refused message is answered under its id if that is usable") {
  CommandParser parser;
  CHECK(parser.parse(R"({"id":"c-1","type":"dance"})").request.id == "c-1");
  CHECK(parser.parse(R"({"type":"dance","id":7})").request.id.empty());
}

TEST_CASE("a message of exactly the largest size is read") {
  CommandParser parser;
  std::string text = R"({"type":"ping","pad":")";
  text.append(kRequestBytesMax - text.size() - 2, 'x').append("\"}");
  REQUIRE(text.size() == kRequestBytesMax);
  CHECK(parser.parse(text).ok);
}

}  // namespace
}  // namespace cairn::net
