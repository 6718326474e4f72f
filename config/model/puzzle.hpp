// What a puzzle is, as its designer wrote it in puzzles/<id>/puzzle.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/model/geometry.hpp"
#include "config/model/ids.hpp"
#include "config/model/unlock_rule.hpp"

namespace cairn::config {

// How a guess and an answer are made alike before they are compared (config/model/normalise.hpp). Defaults are on.
struct Normalisation {
  bool fold_case = true;
  bool fold_accents = true;  // é and e are the same letter (Latin letters)
  bool strip_punctuation = true;
  bool strip_spaces = true;
};

struct Partial {
  std::string answer;  // normalised
  std::string reply;
};

// Clues are discovered in sequence: clue n needs clues 0 to n-1.
struct Clue {
  enum class Discovery : std::uint8_t { kAsk, kCheckIn, kCode };
  std::string text;
  Discovery discovery = Discovery::kAsk;
  std::string code;  // for kCode: what is found on site (normalised as answers are)
};

struct Hint {
  std::string text;
  std::int32_t cost = 0;      // points
  std::int64_t after_ms = 0;  // hunt time since the start, before which it cannot be bought
};

// A solve earns max(floor, first - step * solves before it); step 0 is a static award.
struct Points {
  std::int32_t first = 0;
  std::int32_t step = 0;
  std::int32_t floor = 0;

  [[nodiscard]] std::int32_t award(std::uint32_t solves_before) const {
    const std::int64_t left = std::int64_t{first} - std::int64_t{step} * solves_before;
    return left < floor ? floor : static_cast<std::int32_t>(left);
  }
};

struct Puzzle {
  std::string id;
  std::string title;
  DistrictIndex district = kNoDistrict;
  std::optional<Position> at;
  std::uint32_t radius_m = 0;  // 0: no check-in by position
  std::string code;            // for check-in by QR code; empty: none; normalised
  std::string prompt;
  std::string accessibility;  // how to play it without being there, seeing, hearing …
  Normalisation normalisation;
  std::vector<std::string> answers;  // normalised, distinct, none empty
  std::vector<Partial> partials;
  std::vector<Clue> clues;
  std::vector<Hint> hints;
  UnlockRule requires_rule;  // per team
  Points points;
  std::optional<std::int64_t> opens_at_ms;  // wall clock, Unix milliseconds
  std::optional<std::int64_t> closes_at_ms;
  bool needs_check_in = false;  // answers are refused as locked until the team has checked in
};

}  // namespace cairn::config
