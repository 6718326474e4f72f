// The puzzles that the crowd has heard of, and what the hunt's answer key (made by `cairn check
// --answer-key`, never served) knows about them.
//
// Owner: the crowd. Threads: one. Bounds: the key's own size, and one entry for each puzzle a server names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bus/result.hpp"

namespace cairn::crowd {

struct PuzzleSolution {
  std::string id;
  std::string district;
  std::vector<std::string> answers;
  std::vector<std::string> wrong;
  std::vector<std::string> partials;
  std::vector<std::string> clue_codes;  // by the clue's index; empty: it needs no code
  std::string check_in_code;
  double longitude = 0;
  double latitude = 0;
  std::uint32_t hints_count = 0;
  bool takes_check_in = false;  // by position within a radius, or by code
  bool needs_check_in = false;
};

using PuzzleIndex = std::uint16_t;
inline constexpr std::size_t kPuzzlesMax = 0xfffe;

class PuzzleBook {
 public:
  // Reads the key; the error says what in the file is not as it should be.
  [[nodiscard]] static Result<PuzzleBook> read(const std::string& path);
  [[nodiscard]] static Result<PuzzleBook> parse(std::string_view json);

  // The index of a puzzle, made when the name is new; kPuzzlesMax + 1 is never reached: later names share the
  // last.
  PuzzleIndex index_of(std::string_view id);
  [[nodiscard]] const PuzzleSolution& at(PuzzleIndex index) const { return puzzles_[index]; }
  [[nodiscard]] std::size_t count() const { return puzzles_.size(); }
  [[nodiscard]] bool solvable() const;

 private:
  std::vector<PuzzleSolution> puzzles_;
  std::unordered_map<std::string, PuzzleIndex> by_id_;
};

}  // namespace cairn::crowd
