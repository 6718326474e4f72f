// Goal: a hunt that could not be played as it is written is found out before anybody plays it.
// Breaks when: an outline, a place, an answer or a way through the hunt is judged wrongly or at the wrong
// place.
#include "config/check/checks.hpp"

#include <doctest/doctest.h>

#include "tests/config/hunt_folder.hpp"

using namespace cairn::config;
using List = std::vector<std::string>;

namespace {

constexpr const char* kFirst = "puzzles/first/puzzle.json";
constexpr const char* kSecond = "puzzles/second/puzzle.json";
constexpr const char* kDistricts = "districts.geojson";
constexpr const char* kNorth = R"([
       [10.0, 50.01],
       [10.02, 50.01],
       [10.02, 50.02],
       [10.0, 50.02],
       [10.0, 50.01]])";

List after(const std::string& path, const std::string& what, const std::string& with) {
  const HuntFolder folder;
  folder.change(path, what, with);
  return folder.findings();
}

// The finding's code and place when the outer ring of the first district is another one.
List with_ring(const std::string& ring) { return after(kDistricts, kNorth, ring); }

std::string message(const HuntFolder& folder, std::string_view code) {
  for (const Diagnostic& d : folder.load().diagnostics) {
    if (d.code == code) return d.message;
  }
  return "not found";
}

}  // namespace

TEST_CASE("a ring that is open, too short, doubled or out of the world is an error at its position") {
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, 50.01],\n[10.02, 50.02],\n[10.0, 50.02]]") ==
        List{"districts.geojson:9:1: error: ring_not_closed"});
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, 50.01],\n[10.0, 50.01]]") ==
        List{"districts.geojson:6:54: error: too_few_positions"});
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, 50.01],\n[10.02, 50.01],\n[10.02, 50.02],\n[10.0, "
                  "50.02],\n[10.0, 50.01]]") == List{"districts.geojson:8:1: error: duplicate_vertex"});
  CHECK(with_ring("[[10.0, 50.01],\n[190.02, 50.01],\n[10.02, 50.02],\n[10.0, 50.01]]") ==
        List{"districts.geojson:7:1: error: invalid_coordinates"});
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, \"50.01\"],\n[10.02, 50.02],\n[10.0, 50.01]]") ==
        List{"districts.geojson:7:1: error: invalid_coordinates"});
  CHECK(with_ring("7") == List{"districts.geojson:6:54: error: wrong_type"});
}

TEST_CASE("winding and precision are put right, with a warning, and nothing else is changed") {
  CHECK(with_ring("[[10.0, 50.01],\n[10.0, 50.02],\n[10.02, 50.02],\n[10.02, 50.01],\n[10.0, 50.01]]") ==
        List{"districts.geojson:6:54: warning: winding_order"});
  const HuntFolder folder;
  folder.change(kDistricts, kNorth,
                "[[10.0, 50.01],\n[10.02, 50.01],\n[10.02000000049, 50.02],\n[10.0, 50.02],\n[10.0, 50.01]]");
  CHECK(folder.findings() == List{"districts.geojson:8:1: warning: excess_precision"});
  CHECK(folder.load().hunt->districts[0].outline[0].rings[0][2] == Position{100'200'000, 500'200'000});
}

TEST_CASE("Boost.Geometry finds outlines that cross themselves, run back, or enclose nothing") {
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, 50.02],\n[10.02, 50.01],\n[10.0, 50.02],\n[10.0, 50.01]]")
            .front()
            .find("self_intersection") != std::string::npos);
  CHECK(with_ring("[[10.0, 50.01],\n[10.02, 50.01],\n[10.02, 50.02],\n[10.01, 50.02],\n[10.01, 50.025],\n"
                  "[10.01, 50.02],\n[10.0, 50.02],\n[10.0, 50.01]]")
            .front() == "districts.geojson:10:1: error: spike");
  CHECK(with_ring(
            "[[10.0, 50.01],\n[10.00001, 50.01],\n[10.00001, 50.01001],\n[10.0, 50.01001],\n[10.0, 50.01]]")
            .front() == "districts.geojson:6:18: error: area_too_small");
  CHECK(with_ring(std::string(kNorth) +
                  ", [[10.03, 50.01],\n[10.03, 50.011],\n[10.031, 50.011],\n[10.03, 50.01]]")
            .front()
            .find("hole_outside_shell") != std::string::npos);
}

TEST_CASE("an outline that crosses itself is found at the position nearest to the crossing") {
  const HuntFolder folder;
  folder.change(
      kDistricts, kNorth,
      "[[10.0, 50.01],\n[10.02, 50.01],\n[10.02, 50.02],\n[10.005, 50.009],\n[10.0, 50.02],\n[10.0, 50.01]]");
  CHECK(folder.findings().front() == "districts.geojson:9:1: error: self_intersection");
  CHECK(message(folder, "self_intersection").find("crosses or touches itself at [10.0") != std::string::npos);
}

TEST_CASE("an outline has a bounded number of positions") {
  std::string ring = "[[10.0, 50.01]";
  for (int i = 0; i < 20'001; ++i) ring += ",\n[10.02, 50.01]";
  const List found = with_ring(ring + ",\n[10.0, 50.01]]");
  CHECK(found.front().find("too_many_positions") != std::string::npos);
}

TEST_CASE("districts may share a border exactly, or overlap by a sliver, and no more") {
  CHECK(
      after(kDistricts, "[10.0, 50.01],\n       [10.02, 50.01]", "[10.0, 50.0099999],\n       [10.02, 50.01]")
          .size() == 1);
  const HuntFolder folder;
  folder.change(kDistricts, kNorth,
                "[[10.0, 50.009],\n[10.02, 50.009],\n[10.02, 50.02],\n[10.0, 50.02],\n[10.0, 50.009]]");
  CHECK(folder.findings() == List{"districts.geojson:16:8: error: overlaps_district"});
  CHECK(message(folder, "overlaps_district").find("\"south\" overlaps \"north\" by 15") == 0);
}

TEST_CASE("a puzzle must lie in its district, holes left out") {
  CHECK(after(kFirst, "50.015", "50.005") ==
        List{"puzzles/first/puzzle.json:5:9: error: puzzle_outside_district"});
  const std::string hole =
      ",\n[[10.009, 50.014], [10.009, 50.016], [10.011, 50.016], [10.011, 50.014], [10.009, 50.014]]";
  CHECK(with_ring(kNorth + hole) == List{"puzzles/first/puzzle.json:5:9: error: puzzle_outside_district"});
}

TEST_CASE("districts: ids are there, well formed and used once; types are GeoJSON's") {
  CHECK(after(kDistricts, "\"id\": \"south\"", "\"id\": \"north\"") ==
        List{"districts.geojson:12:31: error: id_in_use",
             "puzzles/second/puzzle.json:4:15: error: unknown_district"});
  CHECK(after(kDistricts, "\"id\": \"south\"", "\"id\": \"always\"").front() ==
        "districts.geojson:12:31: error: id_malformed");
  CHECK(after(kDistricts, ", \"id\": \"south\"", "").front() ==
        "districts.geojson:12:5: error: field_missing");
  CHECK(after(kDistricts, "\"name\": \"South\"", "\"id\": \"soth\", \"name\": \"South\"").front() ==
        "districts.geojson:12:31: error: id_mismatch");
  CHECK(after(kDistricts, "\"Polygon\"", "\"Point\"") == List{"districts.geojson:6:27: error: wrong_type"});
  CHECK(after(kDistricts, "\"type\": \"Feature\",", "\"type\": \"Thing\",") ==
        List{"districts.geojson:4:14: error: wrong_type"});
  CHECK(after(kDistricts, "\"colour\": \"#102030\", ", "\"color\": \"#102030\", ") ==
        List{"districts.geojson:5:38: error: unknown_field"});
}

TEST_CASE("a district without puzzles is a warning, one that only an operator opens a note") {
  CHECK(after(kSecond, "\"south\"", "\"north\"") == List{"districts.geojson:12:5: warning: district_empty"});
  CHECK(after(kDistricts, ", \"opens\": \"first\"", "") ==
        List{"districts.geojson:12:5: note: opens_by_operator"});
}

TEST_CASE("a puzzle needs an answer or a check-in") {
  CHECK(after(kFirst, "\"answers\": [\"Spring\", \"the spring\"]", "\"answers\": []") ==
        List{"puzzles/first/puzzle.json:7:14: error: answer_missing"});
  CHECK(after(kSecond, "\"answers\": [\"Autumn\"],", "") ==
        List{"puzzles/second/puzzle.json:1:1: error: answer_missing"});
  CHECK(after(kFirst, "\"answers\": [\"Spring\", \"the spring\"]", "\"radius_m\": 30").empty());
  CHECK(after(kFirst, "\"points\": 50", "\"needs_check_in\": true") ==
        List{"puzzles/first/puzzle.json:10:21: error: check_in_impossible"});
  CHECK(after(kSecond, "\"answers\"", "\"radius_m\": 30, \"answers\"") ==
        List{"puzzles/second/puzzle.json:6:15: error: check_in_without_place"});
  CHECK(after(kFirst, "\"points\": 50", "\"clues\": [{\"text\": \"a\", \"discovery\": \"check_in\"}]") ==
        List{"puzzles/first/puzzle.json:10:40: error: check_in_impossible"});
}

TEST_CASE("answers are told apart once they are normalised") {
  const auto answers = [](const std::string& with) { return after(kFirst, "\"the spring\"", with); };
  CHECK(answers("\"?!\"") == List{"puzzles/first/puzzle.json:7:25: error: answer_empty"});
  CHECK(answers("\"" + std::string(129, 'x') + "\"") ==
        List{"puzzles/first/puzzle.json:7:25: error: answer_too_long"});
  CHECK(answers("12") == List{"puzzles/first/puzzle.json:7:25: error: wrong_type"});
  CHECK(answers("\"S P R I N G\"") == List{"puzzles/first/puzzle.json:7:25: warning: answer_collision"});
  CHECK(answers("\"Sümmer\"") == List{"puzzles/first/puzzle.json:8:27: error: answer_collision"});
}

TEST_CASE("a prompt that says its answer is a warning unless that is meant") {
  CHECK(after(kFirst, "What follows winter?", "Is it Spring, or not?") ==
        List{"puzzles/first/puzzle.json:7:15: warning: answer_in_prompt"});
  CHECK(after(kFirst, "What follows winter?", "A mainspring broke.").empty());
  CHECK(after(kFirst, "What follows winter?\",", "Is it spring, or not?\", \"answer_in_prompt\": true,")
            .empty());
}

TEST_CASE("hints that cost more than the puzzle earns are a warning") {
  CHECK(after(kFirst, "\"It is green.\"", "\"It is green.\", \"cost\": 51") ==
        List{"puzzles/first/puzzle.json:9:13: warning: hint_costs_more"});
  CHECK(after(kFirst, "{\"text\": \"It is green.\"}",
              "{\"text\": \"a\", \"cost\": 30}, {\"text\": \"b\", \"cost\": 30}") ==
        List{"puzzles/first/puzzle.json:9:12: warning: hint_costs_more"});
}

TEST_CASE("what waits for itself is a cycle, and what waits for the cycle cannot be reached") {
  const HuntFolder folder;
  folder.change(kDistricts, "\"opens\": \"first\"", "\"opens\": \"second\"");
  CHECK(folder.findings() == List{
                                 "puzzles/second/puzzle.json:4:15: error: unlock_cycle",
                             });
  CHECK(message(folder, "unlock_cycle") == "second needs district(south) needs second");
  folder.change(kFirst, "\"points\": 50", "\"points\": 50, \"requires\": \"second\"");
  CHECK(folder.findings() == List{"puzzles/first/puzzle.json:10:29: error: unreachable",
                                  "puzzles/second/puzzle.json:4:15: error: unlock_cycle"});
}

TEST_CASE("a cycle with another way in is no error") {
  const HuntFolder folder;
  folder.change(kDistricts, "\"opens\": \"first\"", "\"opens\": \"any(second, after 5m)\"");
  folder.change(kFirst, "\"points\": 50", "\"points\": 50, \"requires\": \"any(second, always)\"");
  CHECK(folder.findings().empty());
}

TEST_CASE("points that decay count at their floor, and those that cannot be earned before do not count") {
  CHECK(after(kDistricts, "\"opens\": \"first\"", "\"opens\": \"points >= 50\"").empty());
  const HuntFolder folder;
  folder.change(kDistricts, "\"opens\": \"first\"", "\"opens\": \"points >= 51\"");
  CHECK(folder.findings() == List{"districts.geojson:13:68: error: unreachable",
                                  "puzzles/second/puzzle.json:4:15: error: unreachable"});
  CHECK(message(folder, "unreachable") ==
        "district(south) can never be reached: it asks for 51 points and at most 50 are certain to be earned "
        "before");
}
