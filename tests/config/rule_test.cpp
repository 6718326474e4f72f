// Goal: an unlock rule means what it says, and what is no rule is refused at its exact column.
// Breaks when: precedence, counts or latching facts are misread, a column is off, or garbage crashes the
// parser.
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>

#include "config/limits.hpp"
#include "config/load/rule_parser.hpp"
#include "tests/config/hunt_folder.hpp"

using namespace cairn::config;

namespace {

struct Facts {
  std::set<std::uint32_t> solved_puzzles = {};
  std::set<std::uint32_t> opened_districts = {};
  std::int64_t earned = 0;
  std::int64_t time_ms = 0;
  [[nodiscard]] bool solved(PuzzleIndex p) const {
    return solved_puzzles.contains(static_cast<std::uint32_t>(p));
  }
  [[nodiscard]] bool opened(DistrictIndex d) const {
    return opened_districts.contains(static_cast<std::uint32_t>(d));
  }
  [[nodiscard]] std::int64_t points() const { return earned; }
  [[nodiscard]] std::int64_t elapsed_ms() const { return time_ms; }
};

RuleNames names() {
  static const std::map<std::string_view, std::uint32_t> puzzles{{"a", 0}, {"b", 1}, {"c", 2}, {"lamp-1", 3}};
  static const std::map<std::string_view, std::uint32_t> districts{{"harbour", 0}, {"hill", 1}};
  const auto find = [](const auto& in, std::string_view id) {
    const auto at = in.find(id);
    return at == in.end() ? RuleNames::Name{} : RuleNames::Name{true, at->second};
  };
  return {[find](std::string_view id) { return find(puzzles, id); },
          [find](std::string_view id) { return find(districts, id); },
          {"a", "b", "c", "lamp-1"},
          {"harbour", "hill"}};
}

bool holds(std::string_view text, const Facts& facts) {
  const ParsedRule parsed = parse_rule(text, names());
  if (parsed.error) FAIL(std::string(text), ": ", parsed.error->message);
  return parsed.rule.holds(facts);
}

std::string error(std::string_view text) {
  const ParsedRule parsed = parse_rule(text, names());
  return parsed.error ? std::to_string(parsed.error->at) + ' ' + parsed.error->code : "none";
}

}  // namespace

TEST_CASE("each kind of rule holds exactly when its fact does") {
  CHECK(holds("always", {}));
  CHECK_FALSE(holds("lamp-1", {}));
  CHECK(holds("lamp-1", {.solved_puzzles = {3}}));
  CHECK_FALSE(holds("district(hill)", {.opened_districts = {0}}));
  CHECK(holds(" district ( hill ) ", {.opened_districts = {1}}));
  CHECK_FALSE(holds("points >= 300", {.earned = 299}));
  CHECK(holds("points>=300", {.earned = 300}));
  CHECK_FALSE(holds("after 1h30m", {.time_ms = 5'399'999}));
  CHECK(holds("after 1h30m", {.time_ms = 5'400'000}));
}

TEST_CASE("all, any and N of count their parts, at any depth") {
  CHECK_FALSE(holds("all(a, b)", {.solved_puzzles = {0}}));
  CHECK(holds("all(a, b)", {.solved_puzzles = {0, 1}}));
  CHECK(holds("any(a, b)", {.solved_puzzles = {1}}));
  CHECK_FALSE(holds("2 of (a, b, c)", {.solved_puzzles = {2}}));
  CHECK(holds("2 of (a, b, c)", {.solved_puzzles = {0, 2}}));
  const std::string_view deep = "all(any(a, district(harbour)), 2 of (b, c, points >= 5, any(after 1s)))";
  CHECK_FALSE(holds(deep, {.solved_puzzles = {1, 2}}));
  CHECK(holds(deep, {.solved_puzzles = {1}, .opened_districts = {0}, .time_ms = 1000}));
}

TEST_CASE("what is wrong with a rule is told at its byte, with a code") {
  CHECK(error("") == "0 rule_syntax");
  CHECK(error("all(a, b") == "8 rule_syntax");
  CHECK(error("all a") == "4 rule_syntax");
  CHECK(error("all()") == "4 rule_syntax");
  CHECK(error("any(a,, b)") == "6 rule_syntax");
  CHECK(error("a b") == "2 rule_syntax");
  CHECK(error("2 in (a, b)") == "2 rule_syntax");
  CHECK(error("points > 3") == "7 rule_syntax");
  CHECK(error("points >= many") == "10 rule_syntax");
  CHECK(error("points >= 0") == "10 rule_impossible");
  CHECK(error("after 30") == "6 rule_syntax");
  CHECK(error("after 30m5h") == "6 rule_syntax");
  CHECK(error("district()") == "9 rule_syntax");
  CHECK(error("3 of (a, b)") == "0 rule_impossible");
  CHECK(error("0 of (a, b)") == "0 rule_impossible");
  CHECK(error("99999999999999999999 of (a)") == "0 rule_syntax");
  CHECK(error("all(a, lmap-1)") == "7 rule_unknown_puzzle");
  CHECK(error("district(hil)") == "9 rule_unknown_district");
  CHECK(error(std::string(3000, ' ')) == "0 rule_too_long");
}

TEST_CASE("an unknown id is answered with the nearest one") {
  CHECK(parse_rule("lamp-2", names()).error->fix == "did you mean \"lamp-1\"?");
  CHECK(parse_rule("district(harbor)", names()).error->fix == "did you mean \"harbour\"?");
  CHECK(parse_rule("hill", names()).error->fix == "write district(hill)");
  CHECK(parse_rule("quite-different", names()).error->fix.empty());
}

TEST_CASE("rules nest so deep and no deeper, and have so many parts and no more") {
  const auto nested = [](std::uint32_t depth) {
    std::string text = "a";
    for (std::uint32_t i = 1; i < depth; ++i) text = "all(" + text + ")";
    return text;
  };
  CHECK(error(nested(kRuleDepthMax)) == "none");
  CHECK(error(nested(kRuleDepthMax + 1)) == std::to_string(4 * kRuleDepthMax) + " rule_too_deep");
  std::string wide = "any(a";
  for (std::size_t i = 0; i < kRuleNodesMax; ++i) wide += ",a";
  CHECK(error(wide + ")").ends_with("rule_too_long"));
}

TEST_CASE("a wrong rule in a file is found at its column, behind escapes too") {
  const HuntFolder folder;
  folder.change("puzzles/second/puzzle.json", "all(first, points >= 40)", "all(first,\\tfirts)");
  folder.change("districts.geojson", "\"opens\": \"first\"", "\"opens\": \"any(first, secnd)\"");
  CHECK(folder.findings() == std::vector<std::string>{
                                 "districts.geojson:13:80: error: rule_unknown_puzzle",
                                 "puzzles/second/puzzle.json:7:28: error: rule_unknown_puzzle",
                             });
}

TEST_CASE("random text never does worse than be refused") {
  std::mt19937 random(7);
  const std::vector<std::string> parts{"all",      "any",
                                       "(",        ")",
                                       ",",        " ",
                                       "2 of ",    "a",
                                       "b",        "district(hill)",
                                       "points",   ">=",
                                       "30",       "after ",
                                       "5m",       "always",
                                       "\xc3\xa9", std::string(1, '\0'),
                                       "-",        "9"};
  std::uniform_int_distribution<std::size_t> part(0, parts.size() - 1);
  std::uniform_int_distribution<int> length(0, 40);
  std::uniform_int_distribution<int> byte(0, 255);
  std::size_t accepted = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    const int count = length(random);
    for (int k = 0; k < count; ++k) {
      if (i % 2 == 0)
        text += parts[part(random)];
      else
        text += static_cast<char>(static_cast<unsigned char>(byte(random)));
    }
    const ParsedRule parsed = parse_rule(text, names());
    REQUIRE_FALSE(parsed.rule.nodes.empty());
    if (parsed.error) {
      REQUIRE(parsed.error->at <= text.size());
    } else {
      ++accepted;
      (void)parsed.rule.holds(Facts{});
    }
  }
  CHECK(accepted > 0);
}
