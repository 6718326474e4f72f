// A small hunt written in C++, so that these tests need no loader: two districts, three puzzles.
#pragma once

#include <memory>

#include "config/model/hunt.hpp"

namespace cairn::test {

inline std::shared_ptr<config::Hunt> make_hunt() {
  using config::DistrictIndex;
  using config::PuzzleIndex;
  auto hunt = std::make_shared<config::Hunt>();
  hunt->id = "tiny";
  hunt->name = "Tiny \"hunt\"";
  hunt->city = "Nowhere";
  hunt->teams_max = 64;
  const config::Ring ring = {
      {100000000, 500000000}, {100010000, 500000000}, {100010000, 500010000}, {100000000, 500000000}};
  for (const char* id : {"quay", "hill"}) {
    config::District district;
    district.id = id;
    district.name = id[0] == 'q' ? "The Quay" : "The Hill";
    district.colour = "#123456";
    district.outline = {config::Polygon{{ring}}};
    hunt->districts.push_back(district);
  }
  const auto add = [&hunt](const char* id, std::uint32_t district) -> config::Puzzle& {
    config::Puzzle puzzle;
    puzzle.id = id;
    puzzle.title = std::string("Title of ") + id;
    puzzle.prompt = "What is it?";
    puzzle.district = DistrictIndex{district};
    puzzle.answers = {"canary"};
    puzzle.points = {100, 10, 20};
    hunt->districts[district].puzzles.push_back(
        PuzzleIndex{static_cast<std::uint32_t>(hunt->puzzles.size())});
    hunt->puzzles.push_back(puzzle);
    return hunt->puzzles.back();
  };
  config::Puzzle& anchor = add("anchor", 0);
  anchor.partials = {{"canar", "Nearly."}};
  anchor.clues = {{"First clue.", config::Clue::Discovery::kAsk, ""},
                  {"Second clue.", config::Clue::Discovery::kCode, "x"}};
  anchor.hints = {{"Look up.", 10, 0}, {"Look down.", 20, 600'000}};
  config::Puzzle& bollard = add("bollard", 0);
  bollard.at = config::Position{-12345678, 500005000};
  bollard.radius_m = 30;
  bollard.needs_check_in = true;
  add("cairn", 1);
  return hunt;
}

}  // namespace cairn::test
