// Goal: the hunt that everybody meets first is whole: it loads, it is the generator's, and its answers are
// accepted. Breaks when: a puzzle, an outline or a rule of it is spoilt, or the folder and its sources drift
// apart.
#include <sys/wait.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "config/check/answer_key.hpp"
#include "config/limits.hpp"
#include "config/load/json.hpp"
#include "config/load/loader.hpp"
#include "config/model/normalise.hpp"

using namespace cairn::config;

namespace {

std::filesystem::path hunts() { return std::filesystem::path(CAIRN_SOURCE_DIR) / "config/hunts"; }

const LoadedHunt& sample() {
  static const LoadedHunt loaded = load_hunt(hunts() / "harbour");
  return loaded;
}

}  // namespace

TEST_CASE("the sample hunt loads without error or warning") {
  for (const Diagnostic& d : sample().diagnostics) {
    CHECK_MESSAGE(d.severity == Severity::kNote, format(d));
  }
  REQUIRE(sample().hunt);
  CHECK(sample().hunt->districts.size() == 12);
  CHECK(sample().hunt->puzzles.size() == 480);
}

TEST_CASE(
    "the sample hunt opens as it is played: two districts at once, one by an operator, the others by rules") {
  const Hunt& hunt = *sample().hunt;
  std::size_t at_once = 0;
  std::size_t by_operator = 0;
  for (const District& district : hunt.districts) {
    CHECK(district.puzzles.size() == 40);
    if (!district.opens)
      ++by_operator;
    else if (district.opens->nodes[0].kind == UnlockRule::Kind::kAlways)
      ++at_once;
  }
  CHECK(at_once == 2);
  CHECK(by_operator == 1);
}

TEST_CASE("no two puzzles of the sample hunt say the same, and each is worth solving") {
  std::set<std::string> prompts;
  for (const Puzzle& puzzle : sample().hunt->puzzles) {
    CAPTURE(puzzle.id);
    CHECK(prompts.insert(puzzle.prompt).second);
    CHECK(puzzle.points.first >= 50);
    CHECK(puzzle.points.first <= 300);
    CHECK_FALSE(puzzle.answers.empty());
    CHECK_FALSE(puzzle.hints.empty());
  }
}

TEST_CASE("districts share their borders: a puzzle's place lies in its own district alone") {
  // The overlap check tolerates slivers; the sample has none, so every inner edge must stand in two outlines.
  const Hunt& hunt = *sample().hunt;
  using Edge = std::pair<std::pair<std::int32_t, std::int32_t>, std::pair<std::int32_t, std::int32_t>>;
  std::set<Edge> edges;
  std::size_t shared = 0;
  for (const District& district : hunt.districts) {
    for (const Polygon& polygon : district.outline) {
      for (const Ring& ring : polygon.rings) {
        for (std::size_t i = 1; i < ring.size(); ++i) {
          const auto a = std::pair{ring[i - 1].longitude_e7, ring[i - 1].latitude_e7};
          const auto b = std::pair{ring[i].longitude_e7, ring[i].latitude_e7};
          CHECK(edges.insert({a, b}).second);
          shared += edges.contains({b, a}) ? 1U : 0U;
        }
      }
    }
  }
  CHECK(shared > 150);
}

TEST_CASE("every answer of the answer key is accepted, every partial is one, every wrong guess is wrong") {
  const Hunt& hunt = *sample().hunt;
  const ParsedJson key = parse_json(answer_key(sample()), kJsonDepthMax);
  REQUIRE_FALSE(key.error);
  const std::vector<JsonValue>& puzzles = key.root.find("puzzles")->items;
  REQUIRE(puzzles.size() == hunt.puzzles.size());
  for (std::size_t i = 0; i < puzzles.size(); ++i) {
    const Puzzle& puzzle = hunt.puzzles[i];
    CAPTURE(puzzle.id);
    CHECK(puzzles[i].find("id")->string == puzzle.id);
    const auto judge = [&puzzle](const std::string& guess) -> std::string {
      char normal[kAnswerBytesMax];
      const auto size = normalise(guess, puzzle.normalisation, normal, sizeof normal);
      if (!size) return "refused";
      const std::string_view text(normal, *size);
      if (std::find(puzzle.answers.begin(), puzzle.answers.end(), text) != puzzle.answers.end())
        return "correct";
      const auto same = [text](const Partial& p) { return p.answer == text; };
      return std::any_of(puzzle.partials.begin(), puzzle.partials.end(), same) ? "partial" : "wrong";
    };
    CHECK_FALSE(puzzles[i].find("answers")->items.empty());
    CHECK_FALSE(puzzles[i].find("wrong")->items.empty());
    for (const JsonValue& answer : puzzles[i].find("answers")->items)
      CHECK(judge(answer.string) == "correct");
    for (const JsonValue& partial : puzzles[i].find("partials")->items)
      CHECK(judge(partial.string) == "partial");
    for (const JsonValue& wrong : puzzles[i].find("wrong")->items) CHECK(judge(wrong.string) == "wrong");
    CHECK(puzzles[i].find("hints")->integer == static_cast<std::int64_t>(puzzle.hints.size()));
    CHECK(puzzles[i].find("clues")->items.size() == puzzle.clues.size());
    CHECK(puzzles[i].find("needs_check_in")->boolean == puzzle.needs_check_in);
  }
}

TEST_CASE("the committed sample hunt is what its generator writes") {
  const std::string command = "python3 \"" + (hunts() / "generate.py").string() + "\" --check";
  const int status = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe): the only thread
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}
