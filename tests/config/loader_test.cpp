// Goal: what is wrong with a hunt's files is said all at once, each finding at its exact line and column.
// Breaks when: a code changes, a place is off by one, an error hides another, or something wrong is let
// through.
#include "config/load/loader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/config/hunt_folder.hpp"

using namespace cairn::config;
using List = std::vector<std::string>;

namespace {

constexpr const char* kFirst = "puzzles/first/puzzle.json";
constexpr const char* kSecond = "puzzles/second/puzzle.json";
constexpr const char* kDistricts = "districts.geojson";

// What is found when one text of a good hunt is replaced.
List after(const std::string& path, const std::string& what, const std::string& with) {
  const HuntFolder folder;
  folder.change(path, what, with);
  return folder.findings();
}

}  // namespace

TEST_CASE("a good hunt loads without a finding, with everything in its place") {
  const HuntFolder folder;
  const LoadedHunt loaded = folder.load();
  REQUIRE(loaded.hunt);
  CHECK(loaded.diagnostics.empty());
  const Hunt& hunt = *loaded.hunt;
  CHECK(hunt.id == "small");
  CHECK(hunt.guesses.tries == 3);
  CHECK(hunt.guesses.lockout_max_ms == 60'000);
  CHECK_FALSE(hunt.starts_at_ms);
  REQUIRE(hunt.find_district("south"));
  REQUIRE(hunt.find_puzzle("second"));
  CHECK_FALSE(hunt.find_puzzle("third"));
  const Puzzle& first = hunt[*hunt.find_puzzle("first")];
  CHECK(first.answers == List{"spring", "thespring"});
  CHECK(first.partials.at(0).answer == "summer");
  CHECK(first.hints.at(0).cost == 10);
  CHECK(first.at->longitude_e7 == 100'100'000);
  CHECK(first.points.award(100) == 50);
  const Puzzle& second = hunt[*hunt.find_puzzle("second")];
  CHECK(second.points.award(0) == 80);
  CHECK(second.points.award(3) == 65);
  CHECK(second.points.award(1000) == 40);
  CHECK(hunt.districts[1].puzzles == std::vector<PuzzleIndex>{*hunt.find_puzzle("second")});
}

TEST_CASE("a finding reads as file, line, column, severity, code, message and fix") {
  const HuntFolder folder;
  folder.change(kFirst, "\"title\"", "\"titel\"");
  const LoadedHunt loaded = folder.load();
  CHECK_FALSE(loaded.hunt);
  REQUIRE(loaded.diagnostics.size() == 2);
  CHECK(format(loaded.diagnostics[1], "hunts/small") ==
        "hunts/small/puzzles/first/puzzle.json:3:3: error: unknown_field: there is no field \"titel\" here "
        "(did you mean \"title\"?)");
  CHECK(loaded.diagnostics[1].field == "/titel");
}

TEST_CASE("errors in several files and several of one file are all reported, in order") {
  const HuntFolder folder;
  folder.change("hunt.json", "\"tries\": 3", "\"tries\": 0");
  folder.change(kDistricts, "#102030", "grey");
  folder.change(kFirst, "\"points\": 50", "\"points\": -1, \"colour\": 1");
  folder.change(kSecond, "\"south\"", "\"sout\"");
  CHECK(folder.findings() == List{
                                 "districts.geojson:5:48: error: colour_malformed",
                                 "hunt.json:6:24: error: out_of_range",
                                 "puzzles/first/puzzle.json:10:13: error: out_of_range",
                                 "puzzles/first/puzzle.json:10:17: error: unknown_field",
                                 "puzzles/second/puzzle.json:4:15: error: unknown_district",
                             });
}

TEST_CASE("a syntax error is one finding a file, where the text stops being JSON") {
  struct Case {
    const char* what;
    const char* with;
    const char* place;
  };
  const Case cases[] = {
      {"\"title\": \"The first\",", "\"title\": \"The first\"", "4:3"},
      {"\"title\":", "\"title\"", "3:11"},
      {"[10.01, 50.015]", "[10.01, 50.015", "6:11"},
      {"\"points\": 50", "\"points\": 050", "10:13"},
      {"\"points\": 50", "\"points\": tru", "10:13"},
      {"\"points\": 50", "\"points\": nul", "10:13"},
      {"\"points\": 50", "\"points\": 50,", "11:1"},
      {"\"The first\"", "\"The \\q first\"", "3:12"},
      {"\"The first\"", "\"The\nfirst\"", "3:16"},
      {"\"The first\"", "\"The \xff first\"", "3:17"},
      {"\"What follows", "\"Was folgt", nullptr},
      {"\n}\n", "\n} {}\n", "11:3"},
      {"\n}\n", "\n", nullptr},
      {"\n}\n", "\n} // the end\n", "11:3"},
  };
  for (const Case& c : cases) {
    CAPTURE(std::string(c.with));
    const HuntFolder folder;
    folder.change(kFirst, c.what, c.with);
    const List found = folder.findings();
    if (c.place == nullptr) continue;
    CHECK(found == List{std::string(kFirst) + ":" + c.place + ": error: json_syntax"});
  }
}

TEST_CASE("a file that is empty, no object or cut short is a syntax error and nothing worse") {
  const HuntFolder good;
  const std::string text = good.read(kFirst);
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    const HuntFolder folder;
    folder.write(kFirst, text.substr(0, size));
    const LoadedHunt loaded = folder.load();
    CAPTURE(size);
    CHECK_FALSE(loaded.hunt);
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics[0].code == "json_syntax");
  }
  for (const char* other : {"[]", "12", "\"text\"", "null", "[{}]"}) {
    const HuntFolder folder;
    folder.write(kFirst, other);
    CAPTURE(other);
    CHECK(folder.findings() == List{"puzzles/first/puzzle.json:1:1: error: json_syntax"});
  }
}

TEST_CASE("a text nested too deeply is refused") {
  const std::string deep =
      "\"tests\": " + std::string(2000, '[') + std::string(2000, ']') + ", \"points\": 50";
  CHECK(after(kFirst, "\"points\": 50", deep) == List{"puzzles/first/puzzle.json:10:27: error: json_syntax"});
}

TEST_CASE("a key that stands twice is an error where it stands again") {
  CHECK(after(kFirst, "\"points\": 50", "\"points\": 50,\n  \"points\": 60") ==
        List{"puzzles/first/puzzle.json:11:3: error: duplicate_key"});
}

TEST_CASE("columns count characters, not bytes") {
  CHECK(after(kFirst, "\"title\": \"The first\",", "\"title\": \"Étude für Öl\", \"x\": 1,") ==
        List{"puzzles/first/puzzle.json:3:28: error: unknown_field"});
}

TEST_CASE("hunt.json: what is missing, of the wrong type, out of range or contradictory") {
  CHECK(after("hunt.json", "\"format\": 1", "\"format\": 2") ==
        List{"hunt.json:2:13: error: format_unknown"});
  CHECK(after("hunt.json", "\"id\": \"small\"", "\"id\": \"Small Hunt\"") ==
        List{"hunt.json:3:9: error: id_malformed"});
  CHECK(after("hunt.json", "  \"city\": \"Nowhere\",\n", "") == List{"hunt.json:1:1: error: field_missing"});
  CHECK(after("hunt.json", "\"Nowhere\"", "7") == List{"hunt.json:5:11: error: wrong_type"});
  CHECK(after("hunt.json", "\"Nowhere\"", "\"  \"") == List{"hunt.json:5:11: error: text_empty"});
  CHECK(after("hunt.json", "Nowhere", std::string(200, 'x')) == List{"hunt.json:5:11: error: text_too_long"});
  CHECK(after("hunt.json", "\"tries\": 3", "\"tries\": 3.5") == List{"hunt.json:6:24: error: wrong_type"});
  CHECK(after("hunt.json", "\"lockout_s\": 10", "\"lockout_s\": 90") ==
        List{"hunt.json:6:40: error: out_of_range"});
  CHECK(after("hunt.json", "[10, 20]", "[10, \"20\"]") == List{"hunt.json:7:49: error: out_of_range"});
  CHECK(after("hunt.json", "\"format\": 1,", "\"format\": 1, \"starts_at\": \"tomorrow\",") ==
        List{"hunt.json:2:29: error: time_malformed"});
  CHECK(after("hunt.json", "\"format\": 1,",
              "\"format\": 1, \"starts_at\": \"2026-05-30T18:00:00Z\", \"ends_at\": "
              "\"2026-05-30T19:00:00+02:00\",") == List{"hunt.json:2:64: error: ends_before_start"});
}

TEST_CASE("a puzzle's fields are held to their types, sizes and words") {
  const auto points = [](const std::string& with) { return after(kFirst, "\"points\": 50", with); };
  CHECK(points("\"points\": {\"first\": 60, \"step\": 1, \"floor\": 70}") ==
        List{"puzzles/first/puzzle.json:10:47: error: points_grow"});
  CHECK(points("\"points\": \"many\"") == List{"puzzles/first/puzzle.json:10:13: error: wrong_type"});
  CHECK(points("\"at\": [1], \"points\": 50").front() ==
        "puzzles/first/puzzle.json:10:3: error: duplicate_key");
  CHECK(points("\"opens_at\": \"2026-05-30T20:00:00Z\", \"closes_at\": \"2026-05-30T19:00:00Z\"") ==
        List{"puzzles/first/puzzle.json:10:52: error: closes_before_open"});
  CHECK(points("\"fallback\": \"none\"") == List{"puzzles/first/puzzle.json:10:15: error: unknown_word"});
  CHECK(points("\"may\": [\"award\", \"sing\"]") ==
        List{"puzzles/first/puzzle.json:10:20: error: unknown_word"});
  CHECK(points("\"may\": [\"open_district:nort\"]") ==
        List{"puzzles/first/puzzle.json:10:11: error: unknown_district"});
  CHECK(points("\"unlocks\": [{\"puzzle\": \"secund\"}]") ==
        List{"puzzles/first/puzzle.json:10:26: error: unknown_puzzle"});
  CHECK(points("\"unlocks\": [{\"puzzle\": \"second\", \"when\": \"after 1m\"}], \"tests\": [{}]").empty());
  CHECK(points("\"media\": [\"../key.png\"]") ==
        List{"puzzles/first/puzzle.json:10:13: error: media_malformed"});
  CHECK(points("\"media\": [\"map.png\"]") == List{"puzzles/first/puzzle.json:10:13: error: media_missing"});
  CHECK(points("\"clues\": [{\"text\": \"a\", \"discovery\": \"guess\"}]") ==
        List{"puzzles/first/puzzle.json:10:40: error: unknown_word"});
  CHECK(points("\"clues\": [{\"text\": \"a\", \"discovery\": \"code\"}]") ==
        List{"puzzles/first/puzzle.json:10:13: error: clue_code"});
  CHECK(after(kFirst, "{\"text\": \"It is green.\"}", "{\"text\": \"It is green.\", \"after\": \"soon\"}") ==
        List{"puzzles/first/puzzle.json:9:47: error: duration_malformed"});
  std::string many = "\"answers\": [\"a0\"";
  for (int i = 1; i < 65; ++i) many += ", \"a" + std::to_string(i) + "\"";
  CHECK(after(kFirst, "\"answers\": [\"Spring\", \"the spring\"", many) ==
        List{"puzzles/first/puzzle.json:7:14: error: too_many"});
}

TEST_CASE("a script is refused while this edition has none, declared or lying there") {
  CHECK(after(kFirst, "\"points\": 50", "\"script\": true") ==
        List{"puzzles/first/puzzle.json:10:13: error: script_unsupported"});
  CHECK(after(kFirst, "\"points\": 50", "\"script\": false").empty());
  const HuntFolder folder;
  folder.write("puzzles/first/puzzle.lua", "return 1\n");
  CHECK(folder.findings() == List{"puzzles/first/puzzle.json:1:1: error: script_unsupported"});
}

TEST_CASE("a puzzle's id is its folder's name, and an id is not a word of the rules") {
  CHECK(after(kFirst, "\"id\": \"first\"", "\"id\": \"erst\"") ==
        List{"puzzles/first/puzzle.json:2:9: error: id_mismatch"});
  const HuntFolder folder;
  folder.write("puzzles/any/puzzle.json", folder.read(kSecond));
  folder.write("puzzles/Third/puzzle.json", folder.read(kSecond));
  CHECK(folder.findings() == List{"puzzles/Third/puzzle.json:2:9: error: id_malformed",
                                  "puzzles/any/puzzle.json:2:9: error: id_malformed"});
}

TEST_CASE("files that are missing or too large are named, and hide nothing else") {
  const HuntFolder folder;
  std::filesystem::remove(folder.root() / "hunt.json");
  std::filesystem::remove(folder.root() / kFirst);
  folder.write(kSecond, std::string(70'000, ' '));
  CHECK(folder.findings() == List{
                                 "hunt.json:1:1: error: file_missing",
                                 "puzzles/first/puzzle.json:1:1: error: file_missing",
                                 "puzzles/second/puzzle.json:1:1: error: file_too_large",
                             });
  CHECK(load_hunt(folder.root() / "nothing").diagnostics.at(0).code == "folder_missing");
  const HuntFolder bare;
  std::filesystem::remove_all(bare.root() / "puzzles");
  bare.change(kDistricts, "\"opens\": \"first\"", "\"opens\": \"always\"");
  CHECK(bare.findings().back() == "hunt.json:1:1: error: no_puzzles");
}

TEST_CASE("a broken puzzle does not make the rules that name it wrong, too") {
  CHECK(after(kFirst, "\"points\": 50", "\"points\": ]") ==
        List{"puzzles/first/puzzle.json:10:13: error: json_syntax"});
}

TEST_CASE("the content hash follows every byte of every file, and nothing else") {
  const HuntFolder one;
  const HuntFolder two;
  CHECK(one.load().hunt->content_hash == two.load().hunt->content_hash);
  two.change(kSecond, "The second", "The Second");
  CHECK(one.load().hunt->content_hash != two.load().hunt->content_hash);
  const HuntFolder three;
  three.write("puzzles/first/map.png", "not really");
  CHECK(one.load().hunt->content_hash != three.load().hunt->content_hash);
  const HuntFolder four;
  four.write("README.md", "notes");
  CHECK(one.load().hunt->content_hash == four.load().hunt->content_hash);
}

TEST_CASE("a hunt's files, kept as one text, load as the folder did, pictures too") {
  const HuntFolder folder;
  folder.write("puzzles/first/map\nof it.png", std::string("\0\n12 3\n", 7));
  const LoadedHunt loaded = folder.load();
  const std::string packed = pack(loaded.files);
  const auto unpacked = unpack(packed);
  REQUIRE(unpacked.has_value());
  CHECK(*unpacked == loaded.files);
  const LoadedHunt again = load_hunt(*unpacked);
  REQUIRE(again.hunt != nullptr);
  CHECK(again.hunt->content_hash == loaded.hunt->content_hash);
  CHECK(again.hunt->puzzles.size() == loaded.hunt->puzzles.size());
  for (std::size_t bytes = 0; bytes < packed.size(); ++bytes) {
    const auto part = unpack(std::string_view{packed}.substr(0, bytes));
    CHECK((!part || part->size() < loaded.files.size()));
  }
  HuntFiles less = *unpacked;
  less.erase("districts.geojson");
  CHECK(load_hunt(less).diagnostics.at(0).code == "file_missing");
}

TEST_CASE("findings without end are counted, not kept") {
  const HuntFolder folder;
  std::string tests;
  for (int i = 0; i < 1200; ++i) tests += ", \"x" + std::to_string(i) + "\": 1";
  folder.change(kFirst, "\"points\": 50", "\"points\": 50" + tests);
  const LoadedHunt loaded = folder.load();
  CHECK(loaded.diagnostics.size() == 1001);
  CHECK(loaded.diagnostics.back().code == "more_findings");
}

TEST_CASE("files damaged at random are refused or loaded, and never do worse") {
  std::mt19937 random(23);
  const HuntFolder good;
  const List paths{"hunt.json", kDistricts, kFirst, kSecond};
  std::vector<std::string> texts;
  for (const std::string& path : paths) texts.push_back(good.read(path));
  const std::string bytes = "{}[]\",:\\0-9.eu\x80\n tfn";
  const HuntFolder folder;
  std::size_t refused = 0;
  for (int i = 0; i < 1500; ++i) {
    const std::size_t file = std::uniform_int_distribution<std::size_t>(0, paths.size() - 1)(random);
    std::string text = texts[file];
    for (int k = 0; k < 3; ++k) {
      const std::size_t at = std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random);
      text[at] = bytes[std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(random)];
    }
    folder.write(paths[file], text);
    const LoadedHunt loaded = folder.load();
    const bool has_error = std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                       [](const Diagnostic& d) { return d.severity == Severity::kError; });
    REQUIRE(has_error == (loaded.hunt == nullptr));
    refused += has_error ? 1U : 0U;
    folder.write(paths[file], texts[file]);
  }
  CHECK(refused > 500);
}
