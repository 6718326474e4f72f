// What one team of the crowd knows, and what it was promised: which puzzles it may try, when it may try them
// again, and which acknowledged effects the server must still have at the end.
//
// Owner: the crowd. Threads: one. Bounds: 24 bytes for each puzzle the team has heard of. When full: never.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tools/crowd/puzzle_book.hpp"
#include "tools/crowd/random.hpp"

namespace cairn::crowd {

enum class PuzzleStatus : std::uint8_t { unheard, locked, open, solved };

struct PuzzleProgress {
  std::uint64_t hold_until_ns = 0;   // a lockout or an answer in flight: nobody tries before
  std::uint32_t hints_promised = 0;  // bit per index: the reply said ok
  std::uint32_t clues_promised = 0;
  std::uint16_t wrong_tried = 0;
  std::uint16_t guesses_left = 0xffff;
  std::uint8_t hints_asked = 0;
  std::uint8_t clues_asked = 0;
  PuzzleStatus status = PuzzleStatus::unheard;
  bool solve_promised = false;  // a reply said `correct`
  bool solve_told = false;      // the team's stream said `puzzle_solved`
  bool checked_in = false;
};

struct Effects {
  std::uint64_t promised = 0;
  std::uint64_t lost = 0;
};

class Team {
 public:
  static constexpr PuzzleIndex kNone = 0xffff;

  std::string name;
  std::string join_code;
  std::vector<std::uint32_t> members;  // indices of players
  bool looked = false;                 // somebody has asked for the state
  bool heard_state = false;            // a get_state or snapshot has come
  bool skipped = false;                // a declared skip may have covered an event of this team
  bool verified = false;

  PuzzleProgress& progress(PuzzleIndex puzzle);
  void set_status(PuzzleIndex puzzle, PuzzleStatus status);

  // `get_state`'s data, or a snapshot's state. Solved stays solved: the text may be older than a reply.
  void apply_state(const simdjson::dom::element& state, PuzzleBook& book);

  // Holds promises against a fresh `get_state`: how many there were, and how many of them are not in it.
  [[nodiscard]] Effects verify(const simdjson::dom::element& state, PuzzleBook& book) const;
  [[nodiscard]] std::uint64_t promises() const;
  // Acknowledged solves of which the team's stream never told.
  [[nodiscard]] std::uint64_t untold_solves() const;

  // A puzzle to try now, kNone if there is none: for a wrong guess one with guesses to spare, for a solve one
  // whose answer is known.
  PuzzleIndex pick_guess(Random& chance, std::uint64_t now_ns, const PuzzleBook& book);
  PuzzleIndex pick_solve(Random& chance, std::uint64_t now_ns, const PuzzleBook& book);
  // Any open puzzle with a hint, clue or place that the team has not asked for.
  PuzzleIndex pick_hint(Random& chance, const PuzzleBook& book);
  PuzzleIndex pick_clue(Random& chance, const PuzzleBook& book);
  PuzzleIndex pick_check_in(Random& chance, const PuzzleBook& book);

  [[nodiscard]] std::size_t open_count() const { return open_.size(); }
  [[nodiscard]] bool is_open(PuzzleIndex puzzle) const {
    return puzzle < progress_.size() && progress_[puzzle].status == PuzzleStatus::open;
  }

 private:
  template <class Fits>
  PuzzleIndex pick(Random& chance, Fits fits);

  std::vector<PuzzleProgress> progress_;  // by puzzle
  std::vector<PuzzleIndex> open_;
};

}  // namespace cairn::crowd
