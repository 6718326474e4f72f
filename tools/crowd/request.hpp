// What a player asks of the server: the request's text, and what is remembered until its reply has come.
//
// Owner: one player. Threads: one. Bounds: at most 4 in flight for a player, as the protocol allows.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tools/crowd/puzzle_book.hpp"
#include "tools/crowd/tally.hpp"

namespace cairn::crowd {

enum class Ask : std::uint8_t {
  wrong_guess,
  partial_guess,
  right_guess,
  hint,
  clue,
  check_in,
  ping,
  look,    // get_state to learn what can be tried
  verify,  // get_state to hold the server to its promises
  echo     // a request that has been answered, sent again under its id
};

struct Request {
  std::string text;  // kept to be sent again under the same id after a lost connection
  std::uint64_t intended_ns = 0;
  std::uint64_t echoed_hash = 0;  // of the reply that an echo must equal
  std::uint32_t number = 0;       // the id is "c-<number>"
  PuzzleIndex puzzle = 0;
  std::uint8_t index = 0;  // of the hint or clue
  Ask ask = Ask::ping;
  bool measured = false;
  bool then_solve = false;  // a check-in made for the answer that follows it
};

// The text of a request with its envelope. `details` are the members of `data`, without braces.
[[nodiscard]] std::string request_text(std::string_view type, std::uint32_t number, std::string_view details);

[[nodiscard]] std::string answer_details(std::string_view puzzle, std::string_view answer);
[[nodiscard]] std::string hint_details(std::string_view puzzle, unsigned hint);
[[nodiscard]] std::string clue_details(std::string_view puzzle, unsigned clue, std::string_view code);
[[nodiscard]] std::string check_in_details(const PuzzleSolution& puzzle);

// The number of an id "c-17"; 0 when it is none of ours.
[[nodiscard]] std::uint32_t request_number(std::string_view id);

[[nodiscard]] Verdict verdict_of(std::string_view text);
[[nodiscard]] std::string_view verdict_text(Verdict verdict);

// Whether a verdict may stand for what was guessed. Somebody else of the team may have been first, so every
// guess may be `already_solved`.
[[nodiscard]] bool fits(Ask ask, Verdict verdict);

// Whether a proper request may meet this error.
[[nodiscard]] bool is_ordinary_error(std::string_view code);

}  // namespace cairn::crowd
