// Scores a journal by another revision of its hunt: which guesses would have been right, in which order, and what they
// would have been worth. What a designer needs who finds a wrong answer in the key.
//
// Guesses are known by their hashes (Entry::answer_hash), so only those that were decided count: not what was sent while a
// team was locked out or a puzzle closed. Hints keep their prices, and nobody is given the time that a wrong key has cost.
//
// Owner: who replays. Threads: one. Bounds: the journal's guesses.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actors/messages/entry.hpp"
#include "actors/messages/standings.hpp"
#include "config/model/hunt.hpp"

namespace cairn::replay {

struct Correction {
  actors::TeamIndex team{};
  actors::PlayerIndex player{};
  actors::PuzzleIndex puzzle{};  // of the hunt as it was played
  std::int64_t points_now = 0;
  std::int64_t points_then = 0;
  std::uint64_t guess = 0;  // sequence of the first one that is right by the other revision
  std::uint32_t rank = 0;
  bool was_solved = false;
};

struct TeamScores {
  std::int64_t earned_now = 0;
  std::int64_t earned_then = 0;
  std::uint32_t rank_now = 0;
  std::uint32_t rank_then = 0;
};

struct Rescore {
  std::vector<Correction> gains;   // by puzzle, then rank
  std::vector<Correction> losses;  // what would be worth less, or nothing
  std::vector<TeamScores> teams;   // by team
  std::uint64_t guesses_unknown =
      0;  // right ones of which a journal of before does not say what they were; taken as right
  std::vector<std::string> puzzles_missing;  // not in the other revision: what they earned stays
};

class Rescorer {
 public:
  Rescorer(std::shared_ptr<const config::Hunt> played, std::shared_ptr<const config::Hunt> other)
      : played_(std::move(played)), other_(std::move(other)), guesses_(played_->puzzles.size()) {}

  // Every entry, in order.
  void take(const actors::Entry& entry);
  // After the last one.
  [[nodiscard]] Rescore finish();

 private:
  struct Guess {
    std::uint64_t sequence = 0;
    actors::TeamIndex team{};
    actors::PlayerIndex player{};
    std::uint64_t hash = 0;  // 0: unknown
    bool was_right = false;
  };
  struct Solve {
    std::uint64_t guess = 0;
    std::int32_t points = 0;
  };

  using Solves = std::map<std::pair<actors::PuzzleIndex, actors::TeamIndex>, Solve>;

  void score(actors::PuzzleIndex puzzle, const config::Puzzle& then, Rescore& rescore);
  void keep(actors::PuzzleIndex puzzle);
  [[nodiscard]] std::vector<TeamScores> rank_teams() const;
  [[nodiscard]] actors::Standings standings_of(const Solves& solves) const;

  const std::shared_ptr<const config::Hunt> played_;
  const std::shared_ptr<const config::Hunt> other_;
  std::uint32_t teams_ = 0;
  std::vector<std::vector<Guess>> guesses_;  // by puzzle, in order
  Solves now_;
  Solves then_;
};

}  // namespace cairn::replay
