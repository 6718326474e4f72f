#include "tools/replay/rescorer.hpp"

#include <set>

#include "actors/puzzle.hpp"
#include "config/model/normalise.hpp"

namespace cairn::replay {

namespace {

using actors::Entry;
using actors::EntryKind;
using actors::Verdict;
using config::index;

// The hashes of what would be right, guessed when guesses were normalised as `played` says.
std::set<std::uint64_t> hashes_of_answers(const config::Puzzle& puzzle, const config::Normalisation& played) {
  std::set<std::uint64_t> hashes;
  for (const std::string& answer : puzzle.answers) {
    std::string text(4 * answer.size() + 1, '\0');
    const auto bytes = config::normalise(answer, played, text.data(), text.size());
    if (bytes) hashes.insert(actors::hash_of_answer({text.data(), *bytes}));
  }
  return hashes;
}

}  // namespace

void Rescorer::take(const Entry& entry) {
  const std::pair key{entry.puzzle, entry.team};
  switch (entry.kind) {
    case EntryKind::kTeamCreated: ++teams_; break;
    case EntryKind::kGuessDecided: {
      const bool is_right = entry.verdict == Verdict::kCorrect;
      guesses_[index(entry.puzzle)].push_back(
          {entry.sequence, entry.team, entry.player, entry.answer_hash, is_right});
      if (is_right) now_[key] = {.guess = entry.sequence, .points = entry.points};
      break;
    }
    // A partial answer costs no guess and leaves its reply alone.
    case EntryKind::kNothingChanged:
      if (entry.answer_hash != 0)
        guesses_[index(entry.puzzle)].push_back(
            {entry.sequence, entry.team, entry.player, entry.answer_hash, false});
      break;
    case EntryKind::kRescored: {
      Solve& solve = now_[key];
      solve.guess = solve.guess == 0 ? entry.cause : solve.guess;
      solve.points += entry.points;
      break;
    }
    default: break;
  }
}

Rescore Rescorer::finish() {
  Rescore rescore;
  for (std::uint32_t p = 0; p < played_->puzzles.size(); ++p) {
    const actors::PuzzleIndex puzzle{p};
    const auto then = other_->find_puzzle(played_->puzzles[p].id);
    if (then) {
      score(puzzle, (*other_)[*then], rescore);
    } else {
      rescore.puzzles_missing.push_back(played_->puzzles[p].id);
      keep(puzzle);
    }
  }
  rescore.teams = rank_teams();
  return rescore;
}

// Of each team the first guess that is right counts, as it would have then.
void Rescorer::score(actors::PuzzleIndex puzzle, const config::Puzzle& then, Rescore& rescore) {
  const std::set<std::uint64_t> right = hashes_of_answers(then, (*played_)[puzzle].normalisation);
  std::uint32_t solves = 0;
  const auto correct = [&](const Guess& guess, std::int64_t points, std::uint32_t rank) {
    const auto now = now_.find({puzzle, guess.team});
    const bool was_solved = now != now_.end();
    const std::int64_t points_now = was_solved ? now->second.points : 0;
    if (was_solved && points == points_now) return;
    const Correction correction{guess.team, guess.player,   puzzle, points_now,
                                points,     guess.sequence, rank,   was_solved};
    (points >= points_now ? rescore.gains : rescore.losses).push_back(correction);
  };
  for (const Guess& guess : guesses_[index(puzzle)]) {
    const bool is_unknown = guess.hash == 0;
    if (then_.contains({puzzle, guess.team}) || !(is_unknown ? guess.was_right : right.contains(guess.hash)))
      continue;
    rescore.guesses_unknown += is_unknown;
    const std::int32_t points = then.points.award(solves++);
    then_[{puzzle, guess.team}] = {.guess = guess.sequence, .points = points};
    correct(guess, points, solves);
  }
  for (const Guess& guess : guesses_[index(puzzle)])
    if (guess.was_right && !then_.contains({puzzle, guess.team})) correct(guess, 0, 0);
}

void Rescorer::keep(actors::PuzzleIndex puzzle) {
  for (const auto& [key, solve] : now_)
    if (key.first == puzzle) then_[key] = solve;
}

std::vector<TeamScores> Rescorer::rank_teams() const {
  const actors::Standings now = standings_of(now_);
  const actors::Standings then = standings_of(then_);
  std::vector<TeamScores> teams;
  for (std::uint32_t t = 0; t < teams_; ++t) {
    const actors::TeamIndex team{t};
    teams.push_back({now.earned(team), then.earned(team), now.rank_of(team), then.rank_of(team)});
  }
  return teams;
}

// In whatever order: each says when it was guessed.
actors::Standings Rescorer::standings_of(const Solves& solves) const {
  actors::Standings standings{teams_};
  for (std::uint32_t t = 0; t < teams_; ++t) standings.enter(actors::TeamIndex{t});
  for (const auto& [key, solve] : solves) standings.correct(key.second, solve.points, solve.guess, true);
  return standings;
}

}  // namespace cairn::replay
