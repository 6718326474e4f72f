#include "tools/crowd/team.hpp"

#include <algorithm>
#include <bit>

#include "tools/crowd/json_read.hpp"

namespace cairn::crowd {
namespace {

namespace dom = simdjson::dom;

PuzzleStatus status_of(std::string_view text) {
  if (text == "solved") return PuzzleStatus::solved;
  if (text == "locked") return PuzzleStatus::locked;
  return PuzzleStatus::open;
}

// The indices that a puzzle's `hints` or `clues` array holds, as bits.
std::uint32_t indices_of(dom::object puzzle, std::string_view name) {
  std::uint32_t bits = 0;
  dom::array list;
  if (puzzle[name].get(list) != simdjson::SUCCESS) return 0;
  for (const dom::element item : list) {
    std::uint64_t index = 32;
    if (item["index"].get(index) == simdjson::SUCCESS && index < 32) bits |= 1U << index;
  }
  return bits;
}

// Calls `visit(index, object)` for each puzzle of a state.
template <class Visit>
void each_puzzle(const dom::element& state, PuzzleBook& book, Visit visit) {
  dom::array puzzles;
  if (state["puzzles"].get(puzzles) != simdjson::SUCCESS) return;
  for (const dom::element item : puzzles) {
    dom::object puzzle;
    std::string_view id;
    if (item.get(puzzle) != simdjson::SUCCESS || puzzle["id"].get(id) != simdjson::SUCCESS) continue;
    visit(book.index_of(id), puzzle);
  }
}

std::uint64_t promises_of(const PuzzleProgress& mine) {
  return (mine.solve_promised ? 1U : 0U) + static_cast<unsigned>(std::popcount(mine.hints_promised)) +
         static_cast<unsigned>(std::popcount(mine.clues_promised));
}

}  // namespace

PuzzleProgress& Team::progress(PuzzleIndex puzzle) {
  if (puzzle >= progress_.size()) progress_.resize(static_cast<std::size_t>(puzzle) + 1);
  return progress_[puzzle];
}

void Team::set_status(PuzzleIndex puzzle, PuzzleStatus status) {
  PuzzleProgress& mine = progress(puzzle);
  if (mine.status == status || mine.status == PuzzleStatus::solved) return;
  if (mine.status == PuzzleStatus::open) std::erase(open_, puzzle);
  if (status == PuzzleStatus::open) open_.push_back(puzzle);
  mine.status = status;
}

void Team::apply_state(const dom::element& state, PuzzleBook& book) {
  heard_state = true;
  each_puzzle(state, book, [&](PuzzleIndex index, dom::object puzzle) {
    std::string_view status = "open";
    read_member(puzzle, "status", status);
    set_status(index, status_of(status));
    std::uint64_t left = 0;
    if (puzzle["guesses_left"].get(left) == simdjson::SUCCESS) {
      progress(index).guesses_left = static_cast<std::uint16_t>(std::min<std::uint64_t>(left, 0xffff));
    }
  });
}

Effects Team::verify(const dom::element& state, PuzzleBook& book) const {
  Effects effects{promises(), 0};
  std::uint64_t found = 0;
  each_puzzle(state, book, [&](PuzzleIndex index, dom::object puzzle) {
    if (index >= progress_.size()) return;
    const PuzzleProgress& mine = progress_[index];
    std::string_view status;
    read_member(puzzle, "status", status);
    if (mine.solve_promised && status == "solved") ++found;
    found += static_cast<unsigned>(std::popcount(mine.hints_promised & indices_of(puzzle, "hints")));
    found += static_cast<unsigned>(std::popcount(mine.clues_promised & indices_of(puzzle, "clues")));
  });
  effects.lost = effects.promised - std::min(found, effects.promised);
  return effects;
}

std::uint64_t Team::promises() const {
  std::uint64_t sum = 0;
  for (const PuzzleProgress& mine : progress_) sum += promises_of(mine);
  return sum;
}

std::uint64_t Team::untold_solves() const {
  const auto untold = [](const PuzzleProgress& mine) { return mine.solve_promised && !mine.solve_told; };
  return static_cast<std::uint64_t>(std::count_if(progress_.begin(), progress_.end(), untold));
}

template <class Fits>
PuzzleIndex Team::pick(Random& chance, Fits fits) {
  if (open_.empty()) return kNone;
  const std::uint64_t start = chance.below(open_.size());
  for (std::size_t step = 0; step < open_.size(); ++step) {
    const PuzzleIndex puzzle = open_[(start + step) % open_.size()];
    if (fits(puzzle, progress_[puzzle])) return puzzle;
  }
  return kNone;
}

PuzzleIndex Team::pick_guess(Random& chance, std::uint64_t now_ns, const PuzzleBook& book) {
  // Who has not been there does not guess: the server would only say that it is locked.
  const auto ready = [&](PuzzleIndex puzzle, const PuzzleProgress& mine) {
    return mine.hold_until_ns <= now_ns && (mine.checked_in || !book.at(puzzle).needs_check_in);
  };
  const PuzzleIndex spare = pick(chance, [&](PuzzleIndex puzzle, const PuzzleProgress& mine) {
    return ready(puzzle, mine) && mine.guesses_left > 1;
  });
  // People run into lockouts too, when nothing else is left.
  return spare != kNone ? spare : pick(chance, ready);
}

PuzzleIndex Team::pick_solve(Random& chance, std::uint64_t now_ns, const PuzzleBook& book) {
  const auto ready = [&](PuzzleIndex puzzle, const PuzzleProgress& mine, bool checked_in_only) {
    if (mine.hold_until_ns > now_ns || book.at(puzzle).answers.empty()) return false;
    return !checked_in_only || mine.checked_in || !book.at(puzzle).needs_check_in;
  };
  // One that needs no walk first, if there is one.
  const PuzzleIndex near =
      pick(chance, [&](PuzzleIndex puzzle, const PuzzleProgress& mine) { return ready(puzzle, mine, true); });
  if (near != kNone) return near;
  return pick(chance,
              [&](PuzzleIndex puzzle, const PuzzleProgress& mine) { return ready(puzzle, mine, false); });
}

PuzzleIndex Team::pick_hint(Random& chance, const PuzzleBook& book) {
  return pick(chance, [&](PuzzleIndex puzzle, const PuzzleProgress& mine) {
    return mine.hints_asked < book.at(puzzle).hints_count;
  });
}

PuzzleIndex Team::pick_clue(Random& chance, const PuzzleBook& book) {
  return pick(chance, [&](PuzzleIndex puzzle, const PuzzleProgress& mine) {
    return mine.clues_asked < book.at(puzzle).clue_codes.size();
  });
}

PuzzleIndex Team::pick_check_in(Random& chance, const PuzzleBook& book) {
  return pick(chance, [&](PuzzleIndex puzzle, const PuzzleProgress& mine) {
    return !mine.checked_in && book.at(puzzle).takes_check_in;
  });
}

}  // namespace cairn::crowd
