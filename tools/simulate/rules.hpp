// The rules of a hunt, written down a second time: whether an entry of the journal may follow those before it. Of the
// server it knows the hunt's model and what an entry looks like, and none of the actors.
//
// Owner: a Judge. Threads: one. Bounds: the hunt's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "actors/messages/entry.hpp"
#include "config/model/hunt.hpp"

namespace cairn::simulate {

// What one team has of one puzzle.
struct Progress {
  bool is_unlocked = false;
  bool is_solved = false;
  bool is_checked_in = false;
  std::uint32_t wrong = 0;
  std::uint32_t clues = 0;
  std::uint32_t hints = 0;
  std::int64_t locked_out_until_ms = 0;  // hunt time
  std::vector<std::uint64_t> tried;      // hashes of wrong guesses, the newest last
};

struct TeamScore {
  std::int64_t earned = 0;
  std::int64_t spent = 0;
  std::uint32_t solved = 0;
  std::uint32_t members = 0;
  std::uint64_t reached_at = 0;  // the newest guess that earned any of it: ties go to whoever was there first
};

class Rules {
 public:
  explicit Rules(std::shared_ptr<const config::Hunt> hunt);

  // "" if the entry may stand here, and then it counts; else which rule it breaks.
  [[nodiscard]] std::string follow(const actors::Entry& entry);
  // What the rules say should have happened by now and has not; "" if nothing is due.
  [[nodiscard]] std::string overdue(std::int64_t hunt_ms, std::int64_t wall_ms) const;

  [[nodiscard]] const std::vector<TeamScore>& teams() const { return teams_; }
  [[nodiscard]] const Progress& progress(actors::TeamIndex team, actors::PuzzleIndex puzzle) const {
    return progress_[index(team) * hunt_->puzzles.size() + index(puzzle)];
  }
  // 1 is the first; teams with the same points stand in the order in which they reached them.
  [[nodiscard]] std::uint32_t rank(actors::TeamIndex team) const;
  [[nodiscard]] actors::HuntState state() const { return state_; }

 private:
  // What unlock rules ask about, of one team or of the whole hunt.
  struct Facts {
    const Rules& rules;
    std::int64_t hunt_ms;
    const std::vector<bool>& solved_puzzles;
    std::int64_t earned;
    [[nodiscard]] bool solved(actors::PuzzleIndex puzzle) const { return solved_puzzles[index(puzzle)]; }
    [[nodiscard]] bool opened(actors::DistrictIndex district) const {
      return rules.ever_opened_[index(district)];
    }
    [[nodiscard]] std::int64_t points() const { return earned; }
    [[nodiscard]] std::int64_t elapsed_ms() const { return hunt_ms; }
  };

  [[nodiscard]] Facts facts_of(actors::TeamIndex team, std::int64_t hunt_ms) const;
  [[nodiscard]] Facts facts_of_all(std::int64_t hunt_ms) const;
  [[nodiscard]] bool may_open(actors::DistrictIndex district, std::int64_t hunt_ms,
                              std::int64_t wall_ms) const;

  [[nodiscard]] std::string state_changed(const actors::Entry& entry);
  [[nodiscard]] std::string team_created(const actors::Entry& entry);
  [[nodiscard]] std::string player_joined(const actors::Entry& entry);
  [[nodiscard]] std::string guess_decided(const actors::Entry& entry);
  [[nodiscard]] std::string rescored(const actors::Entry& entry);
  [[nodiscard]] std::string solved(const actors::Entry& entry, Progress& progress);
  [[nodiscard]] std::string wrong(const actors::Entry& entry, Progress& progress);
  [[nodiscard]] std::string clue_discovered(const actors::Entry& entry);
  [[nodiscard]] std::string hint_granted(const actors::Entry& entry);
  [[nodiscard]] std::string checked_in(const actors::Entry& entry);
  [[nodiscard]] std::string unlocked(const actors::Entry& entry);
  [[nodiscard]] std::string opened(const actors::Entry& entry);
  [[nodiscard]] std::string closed(const actors::Entry& entry);
  // Whether this team may do anything with this puzzle.
  [[nodiscard]] std::string playable(const actors::Entry& entry) const;
  Progress& progress(const actors::Entry& entry) {
    return progress_[index(entry.team) * hunt_->puzzles.size() + index(entry.puzzle)];
  }

  const std::shared_ptr<const config::Hunt> hunt_;
  actors::HuntState state_ = actors::HuntState::kNotStarted;
  std::uint64_t sequence_ = 0;
  std::map<actors::ActorId, std::int64_t> hunt_ms_of_;  // hunt time of each decider's last entry
  std::vector<bool> open_;
  std::vector<bool> ever_opened_;
  // Closings and pauses reach other cores a little later: what was allowed this many entries ago may still be decided.
  std::vector<std::uint64_t> closed_at_;
  std::uint64_t stopped_at_ = 0;
  std::vector<bool> solved_by_any_;
  std::vector<std::uint32_t> solves_;
  std::vector<std::vector<bool>> solved_by_;  // by team
  std::vector<Progress> progress_;
  std::vector<TeamScore> teams_;
  std::set<std::string, std::less<>> team_names_;
};

}  // namespace cairn::simulate
