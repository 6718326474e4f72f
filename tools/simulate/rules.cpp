#include "tools/simulate/rules.hpp"

#include <algorithm>

namespace cairn::simulate {

using actors::Entry;
using actors::EntryKind;
using actors::HuntState;

namespace {

// Entries that may be decided before a closing or a pause has come round to their decider.
constexpr std::uint64_t kOnTheWay = 256;
// Wrong guesses that a puzzle remembers for already_tried; older ones may be counted again.
constexpr std::size_t kTriedRemembered = 8;

std::string said(const char* what, std::uint64_t has, std::uint64_t should) {
  return std::string{what} + " is " + std::to_string(has) + " and should be " + std::to_string(should);
}

}  // namespace

Rules::Rules(std::shared_ptr<const config::Hunt> hunt)
    : hunt_(std::move(hunt)),
      open_(hunt_->districts.size()),
      ever_opened_(hunt_->districts.size()),
      closed_at_(hunt_->districts.size()),
      solved_by_any_(hunt_->puzzles.size()),
      solves_(hunt_->puzzles.size()) {}

Rules::Facts Rules::facts_of(actors::TeamIndex team, std::int64_t hunt_ms) const {
  return {*this, hunt_ms, solved_by_[index(team)], teams_[index(team)].earned};
}

Rules::Facts Rules::facts_of_all(std::int64_t hunt_ms) const {
  std::int64_t leader = 0;
  for (const TeamScore& team : teams_) leader = std::max(leader, team.earned);
  return {*this, hunt_ms, solved_by_any_, leader};
}

std::string Rules::follow(const Entry& entry) {
  if (entry.sequence != sequence_ + 1) return said("its sequence", entry.sequence, sequence_ + 1);
  sequence_ = entry.sequence;
  std::int64_t& last_ms = hunt_ms_of_[entry.decider];
  if (entry.hunt_ms < last_ms) return "hunt time went back for its decider";
  last_ms = entry.hunt_ms;
  if (entry.cause >= entry.sequence) return "its cause comes after it";
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: return state_changed(entry);
    case EntryKind::kTeamCreated: return team_created(entry);
    case EntryKind::kPlayerJoined: return player_joined(entry);
    case EntryKind::kGuessDecided: return guess_decided(entry);
    case EntryKind::kRescored: return rescored(entry);
    case EntryKind::kClueDiscovered: return clue_discovered(entry);
    case EntryKind::kHintGranted: return hint_granted(entry);
    case EntryKind::kCheckedIn: return checked_in(entry);
    case EntryKind::kPuzzlesUnlocked: return unlocked(entry);
    case EntryKind::kDistrictOpened: return opened(entry);
    case EntryKind::kDistrictClosed: return closed(entry);
    case EntryKind::kPlayerRecovered:
    case EntryKind::kAnnounced:
    case EntryKind::kNothingChanged: return {};
    case EntryKind::kNone: break;
  }
  return "it is of no kind";
}

std::string Rules::state_changed(const Entry& entry) {
  const bool possible = entry.state == HuntState::kPaused ? state_ == HuntState::kRunning
                        : entry.state == HuntState::kRunning
                            ? state_ != HuntState::kRunning && state_ != HuntState::kEnded
                            : state_ == HuntState::kRunning || state_ == HuntState::kPaused;
  if (!possible) return "the hunt cannot go over to that state";
  if (state_ == HuntState::kPaused && entry.state == HuntState::kRunning && !entry.reply)
    return "the hunt went on, and no operator had said so";
  state_ = entry.state;
  stopped_at_ = entry.sequence;
  return {};
}

std::string Rules::team_created(const Entry& entry) {
  if (index(entry.team) != teams_.size()) return said("the team's number", index(entry.team), teams_.size());
  if (teams_.size() >= hunt_->teams_max) return "there are more teams than the hunt has room for";
  if (!team_names_.emplace(entry.text).second) return "two teams have the same name";
  teams_.push_back({.members = 1});
  solved_by_.emplace_back(hunt_->puzzles.size());
  progress_.resize(teams_.size() * hunt_->puzzles.size());
  return {};
}

std::string Rules::player_joined(const Entry& entry) {
  TeamScore& team = teams_.at(index(entry.team));
  if (entry.player != actors::player_of(entry.team, team.members))
    return "the member's place is not the next one";
  if (++team.members > hunt_->team_size_max) return "the team has more members than it may have";
  return {};
}

std::string Rules::playable(const Entry& entry) const {
  if (index(entry.team) >= teams_.size()) return "its team does not exist";
  const auto recently = [this](std::uint64_t at) { return at + kOnTheWay > sequence_; };
  if (state_ != HuntState::kRunning && !recently(stopped_at_)) return "the hunt is not running";
  if (!progress(entry.team, entry.puzzle).is_unlocked) return "the puzzle is locked for this team";
  const std::size_t district = index((*hunt_)[entry.puzzle].district);
  if (!open_[district] && !(ever_opened_[district] && recently(closed_at_[district])))
    return "the puzzle's district is closed";
  const config::Puzzle& puzzle = (*hunt_)[entry.puzzle];
  if (puzzle.opens_at_ms && entry.wall_ms < *puzzle.opens_at_ms) return "the puzzle is not yet open";
  if (puzzle.closes_at_ms && entry.wall_ms >= *puzzle.closes_at_ms) return "the puzzle is closed by now";
  return {};
}

std::string Rules::guess_decided(const Entry& entry) {
  if (std::string refused = playable(entry); !refused.empty()) return refused;
  Progress& has = progress(entry);
  if (has.is_solved) return "the team has solved this puzzle before";
  if ((*hunt_)[entry.puzzle].needs_check_in && !has.is_checked_in) return "the team has not checked in";
  if (entry.hunt_ms < has.locked_out_until_ms) return "the team is locked out";
  return entry.verdict == actors::Verdict::kCorrect ? solved(entry, has) : wrong(entry, has);
}

std::string Rules::solved(const Entry& entry, Progress& has) {
  std::uint32_t& solves = solves_[index(entry.puzzle)];
  const std::int32_t award = (*hunt_)[entry.puzzle].points.award(solves);
  if (entry.points != award)
    return said("what is awarded", static_cast<std::uint64_t>(entry.points),
                static_cast<std::uint64_t>(award));
  if (entry.rank != ++solves) return said("the solve's rank", entry.rank, solves);
  has.is_solved = true;
  solved_by_any_[index(entry.puzzle)] = true;
  solved_by_[index(entry.team)][index(entry.puzzle)] = true;
  TeamScore& team = teams_[index(entry.team)];
  team.earned += entry.points;
  if (entry.points > 0) team.reached_at = entry.sequence;
  ++team.solved;
  return {};
}

std::string Rules::rescored(const Entry& entry) {
  if (!entry.reply || entry.reply->kind != actors::CommandKind::kRescore)
    return "a solve is worth something else, and no operator had said so";
  if (index(entry.team) >= teams_.size()) return "its team does not exist";
  if (entry.cause == 0) return "it goes back to no guess";
  if (entry.points < 0) return "points are taken from a team";
  Progress& has = progress(entry);
  if (!has.is_unlocked) return "the puzzle is locked for this team";
  const bool is_solve = entry.verdict == actors::Verdict::kCorrect;
  if (is_solve == has.is_solved)
    return is_solve ? "the team has solved this puzzle before" : "the team has not solved this puzzle";
  has.is_solved = true;
  TeamScore& team = teams_[index(entry.team)];
  team.earned += entry.points;
  if (entry.points > 0) team.reached_at = std::max(team.reached_at, entry.cause);
  if (!is_solve) return {};
  ++team.solved;
  ++solves_[index(entry.puzzle)];
  solved_by_any_[index(entry.puzzle)] = true;
  solved_by_[index(entry.team)][index(entry.puzzle)] = true;
  return {};
}

std::string Rules::wrong(const Entry& entry, Progress& has) {
  if (entry.verdict != actors::Verdict::kIncorrect)
    return "a guess is decided that is neither right nor wrong";
  if (entry.count != has.wrong + 1) return said("the count of wrong guesses", entry.count, has.wrong + 1);
  const auto newest =
      has.tried.end() - static_cast<std::ptrdiff_t>(std::min(has.tried.size(), kTriedRemembered));
  if (std::find(newest, has.tried.end(), entry.answer_hash) != has.tried.end())
    return "the same wrong guess was counted twice";
  has.tried.push_back(entry.answer_hash);
  has.wrong = entry.count;
  const config::GuessLimits& limits = hunt_->guesses;
  const std::int64_t lockout_ms =
      has.wrong % limits.tries == 0 ? limits.lockout_of_round_ms(has.wrong / limits.tries) : 0;
  const std::int64_t until_ms = lockout_ms == 0 ? 0 : entry.hunt_ms + lockout_ms;
  if (entry.until_ms != until_ms)
    return said("the lockout's end", static_cast<std::uint64_t>(entry.until_ms),
                static_cast<std::uint64_t>(until_ms));
  has.locked_out_until_ms = std::max(has.locked_out_until_ms, until_ms);
  return {};
}

std::string Rules::clue_discovered(const Entry& entry) {
  if (std::string refused = playable(entry); !refused.empty()) return refused;
  Progress& has = progress(entry);
  if (entry.item != has.clues) return said("the clue", entry.item, has.clues);
  if (++has.clues > (*hunt_)[entry.puzzle].clues.size()) return "the puzzle has no such clue";
  return {};
}

std::string Rules::hint_granted(const Entry& entry) {
  if (std::string refused = playable(entry); !refused.empty()) return refused;
  Progress& has = progress(entry);
  const config::Puzzle& puzzle = (*hunt_)[entry.puzzle];
  if (entry.item != has.hints || entry.item >= puzzle.hints.size())
    return said("the hint", entry.item, has.hints);
  const config::Hint& hint = puzzle.hints[entry.item];
  TeamScore& team = teams_[index(entry.team)];
  if (entry.points != hint.cost) return "the hint costs something else";
  if (entry.hunt_ms < hint.after_ms) return "the hint was sold too early";
  if (team.earned - team.spent < hint.cost) return "the team could not pay for the hint";
  team.spent += hint.cost;
  // Solves that were still on their way may be missing from what he was told.
  if (!entry.reply || entry.reply->points > team.earned - team.spent)
    return "the team was told of points that it has spent";
  ++has.hints;
  return {};
}

std::string Rules::checked_in(const Entry& entry) {
  if (std::string refused = playable(entry); !refused.empty()) return refused;
  Progress& has = progress(entry);
  if (has.is_checked_in) return "the team had checked in before";
  has.is_checked_in = true;
  return {};
}

std::string Rules::unlocked(const Entry& entry) {
  for (std::size_t i = 0; i < entry.unlocked.count; ++i) {
    const actors::PuzzleIndex puzzle = entry.unlocked[i];
    Progress& has = progress_[index(entry.team) * hunt_->puzzles.size() + index(puzzle)];
    if (has.is_unlocked) return "a puzzle was unlocked twice";
    if (!ever_opened_[index((*hunt_)[puzzle].district)])
      return "a puzzle was unlocked in a district that never opened";
    if (!(*hunt_)[puzzle].requires_rule.holds(facts_of(entry.team, entry.hunt_ms)))
      return "a puzzle was unlocked whose rule does not hold";
    has.is_unlocked = true;
  }
  return entry.unlocked.count == 0 ? "it unlocks nothing" : "";
}

bool Rules::may_open(actors::DistrictIndex district, std::int64_t hunt_ms, std::int64_t wall_ms) const {
  const config::District& d = (*hunt_)[district];
  return (d.opens && d.opens->holds(facts_of_all(hunt_ms))) || (d.opens_at_ms && wall_ms >= *d.opens_at_ms);
}

std::string Rules::opened(const Entry& entry) {
  const std::size_t district = index(entry.district);
  if (open_[district]) return "the district was open";
  const bool by_operator = entry.reply && entry.reply->kind == actors::CommandKind::kOpenDistrict;
  if (!by_operator && ever_opened_[district]) return "the district was opened by its rule twice";
  if (!by_operator && !may_open(entry.district, entry.hunt_ms, entry.wall_ms))
    return "the district was opened, and its rule does not hold";
  open_[district] = ever_opened_[district] = true;
  return {};
}

std::string Rules::closed(const Entry& entry) {
  const std::size_t district = index(entry.district);
  if (!open_[district]) return "the district was closed";
  open_[district] = false;
  closed_at_[district] = entry.sequence;
  return {};
}

std::string Rules::overdue(std::int64_t hunt_ms, std::int64_t wall_ms) const {
  if (state_ == HuntState::kRunning)
    for (std::uint32_t d = 0; d < hunt_->districts.size(); ++d)
      if (!ever_opened_[d] && may_open(actors::DistrictIndex{d}, hunt_ms, wall_ms))
        return "district " + hunt_->districts[d].id + " should have opened";
  for (std::uint32_t t = 0; t < teams_.size(); ++t)
    for (std::uint32_t p = 0; p < hunt_->puzzles.size(); ++p) {
      const config::Puzzle& puzzle = hunt_->puzzles[p];
      const actors::TeamIndex team{t};
      if (!progress(team, actors::PuzzleIndex{p}).is_unlocked && ever_opened_[index(puzzle.district)] &&
          puzzle.requires_rule.holds(facts_of(team, hunt_ms)))
        return "puzzle " + puzzle.id + " should be unlocked for team t" + std::to_string(t);
    }
  return {};
}

std::uint32_t Rules::rank(actors::TeamIndex team) const {
  const TeamScore& mine = teams_[index(team)];
  std::uint32_t before = 0;
  for (std::size_t t = 0; t < teams_.size(); ++t) {
    const TeamScore& other = teams_[t];
    const bool is_first =
        other.reached_at < mine.reached_at || (other.reached_at == mine.reached_at && t < index(team));
    before += other.earned > mine.earned || (other.earned == mine.earned && is_first);
  }
  return before + 1;
}

}  // namespace cairn::simulate
