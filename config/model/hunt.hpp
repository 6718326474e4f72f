// What a hunt is: everything a folder of config/hunts/ says, checked, with ids turned into dense indices.
//
// Owner: the program, as a shared_ptr<const Hunt>. Threads: any may read; nobody writes after loading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/model/district.hpp"
#include "config/model/puzzle.hpp"

namespace cairn::config {

// After every `tries` wrong guesses of a team on a puzzle it is locked out there: first for lockout_ms, each further
// time growth_percent of the time before, at most lockout_max_ms.
struct GuessLimits {
  std::uint32_t tries = 5;
  std::int64_t lockout_ms = 60'000;
  std::uint32_t growth_percent = 200;
  std::int64_t lockout_max_ms = 1'800'000;

  // The lockout that the round-th full round of wrong guesses earns (round counts from 1), in milliseconds.
  [[nodiscard]] std::int64_t lockout_of_round_ms(std::uint32_t round) const;
};

struct CheckInLimits {
  std::uint32_t accuracy_max_m = 100;  // a fix less accurate than this is refused: low_accuracy
};

struct Hunt {
  std::string id;  // [a-z0-9-], names the folder
  std::string name;
  std::string city;
  std::optional<std::int64_t> starts_at_ms;  // wall clock; absent: it starts when the server does
  std::optional<std::int64_t> ends_at_ms;
  std::uint32_t team_size_max = 6;
  std::uint32_t teams_max = 2000;
  bool spectators = true;
  GuessLimits guesses;
  CheckInLimits check_in;
  std::vector<District> districts;
  std::vector<Puzzle> puzzles;
  std::uint64_t content_hash = 0;  // of the files' bytes, in the order of their paths

  [[nodiscard]] std::optional<DistrictIndex> find_district(std::string_view id) const;
  [[nodiscard]] std::optional<PuzzleIndex> find_puzzle(std::string_view id) const;
  [[nodiscard]] const District& operator[](DistrictIndex d) const { return districts[index(d)]; }
  [[nodiscard]] const Puzzle& operator[](PuzzleIndex p) const { return puzzles[index(p)]; }
};

}  // namespace cairn::config
