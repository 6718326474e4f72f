// What a player asks.
#include <cstdio>

#include "bus/assert.hpp"
#include "tools/crowd/player.hpp"
#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {

void Player::ask(Request request, std::string_view type, std::string_view details) {
  CAIRN_ASSERT(phase_ == Phase::playing);
  request.number = next_number_++;
  request.text = request_text(type, request.number, details);
  request.measured = measured_ && scene_.playing && request.ask != Ask::look && request.ask != Ask::verify;
  ++scene_.tally.requests;
  connection_.send_text(request.text);
  outstanding_.push_back(std::move(request));
}

void Player::guess_wrong(PuzzleIndex puzzle, std::uint64_t intended_ns) {
  const PuzzleSolution& solution = scene_.book.at(puzzle);
  PuzzleProgress& mine = mates().progress(puzzle);
  std::string answer;
  if (mine.wrong_tried < solution.wrong.size()) {
    answer = solution.wrong[mine.wrong_tried];
  } else {
    // Nobody's answer reads like this, and no two of a team are the same.
    char text[48];
    std::snprintf(text, sizeof text, "driftwood %u %u zq", static_cast<unsigned>(team_),
                  static_cast<unsigned>(mine.wrong_tried));
    answer = text;
  }
  ++mine.wrong_tried;
  Request request;
  request.ask = Ask::wrong_guess;
  request.puzzle = puzzle;
  request.intended_ns = intended_ns;
  ++scene_.tally.guesses;
  ask(std::move(request), "submit_answer", answer_details(solution.id, answer));
}

void Player::guess_partial(PuzzleIndex puzzle, std::uint64_t intended_ns) {
  const PuzzleSolution& solution = scene_.book.at(puzzle);
  if (solution.partials.empty()) return guess_wrong(puzzle, intended_ns);
  Request request;
  request.ask = Ask::partial_guess;
  request.puzzle = puzzle;
  request.intended_ns = intended_ns;
  ++scene_.tally.guesses;
  const std::string& answer = solution.partials[scene_.chance.below(solution.partials.size())];
  ask(std::move(request), "submit_answer", answer_details(solution.id, answer));
}

void Player::guess_right(PuzzleIndex puzzle, std::uint64_t intended_ns) {
  // Nobody of the team sends the same answer again while this one is being decided.
  constexpr std::uint64_t kDecisionNsMax = 5 * kNsPerSecond;
  const PuzzleSolution& solution = scene_.book.at(puzzle);
  CAIRN_ASSERT(!solution.answers.empty());
  mates().progress(puzzle).hold_until_ns = now_ns() + kDecisionNsMax;
  scene_.note_solve(team_, puzzle, intended_ns);
  Request request;
  request.ask = Ask::right_guess;
  request.puzzle = puzzle;
  request.intended_ns = intended_ns;
  ++scene_.tally.guesses;
  const std::string& answer = solution.answers[scene_.chance.below(solution.answers.size())];
  ask(std::move(request), "submit_answer", answer_details(solution.id, answer));
}

void Player::ask_hint(PuzzleIndex puzzle, std::uint64_t intended_ns) {
  Request request;
  request.ask = Ask::hint;
  request.puzzle = puzzle;
  request.index = mates().progress(puzzle).hints_asked++;
  request.intended_ns = intended_ns;
  const std::string details = hint_details(scene_.book.at(puzzle).id, request.index);
  ask(std::move(request), "request_hint", details);
}

void Player::find_clue(PuzzleIndex puzzle, std::uint64_t intended_ns) {
  const PuzzleSolution& solution = scene_.book.at(puzzle);
  Request request;
  request.ask = Ask::clue;
  request.puzzle = puzzle;
  request.index = mates().progress(puzzle).clues_asked++;
  request.intended_ns = intended_ns;
  const std::string details = clue_details(solution.id, request.index, solution.clue_codes[request.index]);
  ask(std::move(request), "discover_clue", details);
}

void Player::check_in(PuzzleIndex puzzle, bool then_solve, std::uint64_t intended_ns) {
  Request request;
  request.ask = Ask::check_in;
  request.puzzle = puzzle;
  request.then_solve = then_solve;
  request.intended_ns = intended_ns;
  ask(std::move(request), "check_in", check_in_details(scene_.book.at(puzzle)));
}

void Player::ping(std::uint64_t intended_ns) {
  Request request;
  request.intended_ns = intended_ns;
  ask(std::move(request), "ping", "");
}

void Player::look(Ask why, std::uint64_t intended_ns) {
  Request request;
  request.ask = why;
  request.intended_ns = intended_ns;
  ask(std::move(request), "get_state", "");
}

void Player::send_again() {
  // What was in flight when the connection was lost goes out again under its id: it costs one guess, and the
  // reply is the one that was lost. Its wait is our own doing, so it is not measured.
  for (Request& request : outstanding_) {
    request.measured = false;
    ++scene_.tally.requests_resent;
    connection_.send_text(request.text);
  }
  if (!echoes_ || !answered_ || outstanding_.size() >= kOutstandingMax) return;
  echoes_ = false;
  ++scene_.tally.requests_resent;
  connection_.send_text(answered_->text);
  outstanding_.push_back(std::move(*answered_));
  answered_.reset();
}

}  // namespace cairn::crowd
