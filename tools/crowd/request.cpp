#include "tools/crowd/request.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "tools/crowd/json_text.hpp"

namespace cairn::crowd {
namespace {

constexpr std::array<std::string_view, kVerdictCount> kVerdicts = {
    "correct", "partial", "incorrect", "already_tried", "already_solved", "unknown"};

std::string puzzle_member(std::string_view puzzle) {
  std::string text = "\"puzzle\":";
  append_json_string(text, puzzle);
  return text;
}

}  // namespace

std::string request_text(std::string_view type, std::uint32_t number, std::string_view details) {
  std::string text = "{\"type\":\"";
  text += type;
  text += "\",\"id\":\"c-" + std::to_string(number) + "\",\"data\":{";
  text += details;
  text += "}}";
  return text;
}

std::string answer_details(std::string_view puzzle, std::string_view answer) {
  std::string text = puzzle_member(puzzle) + ",\"answer\":";
  append_json_string(text, answer);
  return text;
}

std::string hint_details(std::string_view puzzle, unsigned hint) {
  return puzzle_member(puzzle) + ",\"hint\":" + std::to_string(hint);
}

std::string clue_details(std::string_view puzzle, unsigned clue, std::string_view code) {
  std::string text = puzzle_member(puzzle) + ",\"clue\":" + std::to_string(clue);
  if (code.empty()) return text;
  text += ",\"code\":";
  append_json_string(text, code);
  return text;
}

std::string check_in_details(const PuzzleSolution& puzzle) {
  char place[96];
  std::snprintf(place, sizeof place, ",\"at\":[%.6f,%.6f],\"accuracy_m\":8", puzzle.longitude,
                puzzle.latitude);
  std::string text = puzzle_member(puzzle.id) + place;
  if (puzzle.check_in_code.empty()) return text;
  text += ",\"code\":";
  append_json_string(text, puzzle.check_in_code);
  return text;
}

std::uint32_t request_number(std::string_view id) {
  if (!id.starts_with("c-")) return 0;
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(id.data() + 2, id.data() + id.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == id.data() + id.size() ? number : 0;
}

Verdict verdict_of(std::string_view text) {
  const auto found = std::find(kVerdicts.begin(), kVerdicts.end(), text);
  return found == kVerdicts.end() ? Verdict::unknown : static_cast<Verdict>(found - kVerdicts.begin());
}

std::string_view verdict_text(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }

bool fits(Ask ask, Verdict verdict) {
  if (verdict == Verdict::already_solved) return true;
  switch (ask) {
    case Ask::right_guess: return verdict == Verdict::correct;
    case Ask::wrong_guess: return verdict == Verdict::incorrect || verdict == Verdict::already_tried;
    case Ask::partial_guess: return verdict == Verdict::partial || verdict == Verdict::already_tried;
    default: return false;
  }
}

bool is_ordinary_error(std::string_view code) {
  constexpr std::array<std::string_view, 6> kOrdinary = {
      "locked", "rate_limited", "locked_out", "hunt_not_running", "insufficient_points", "overloaded"};
  return std::find(kOrdinary.begin(), kOrdinary.end(), code) != kOrdinary.end();
}

}  // namespace cairn::crowd
