#include "actors/team.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace cairn::actors {

// The team's own solves and points; openings are everybody's.
class Team::Facts {
 public:
  Facts(const Team& team, std::int64_t hunt_ms) : team_(team), hunt_ms_(hunt_ms) {}
  [[nodiscard]] bool solved(PuzzleIndex puzzle) const { return team_.puzzles_[index(puzzle)].solved; }
  [[nodiscard]] bool opened(DistrictIndex district) const { return team_.world_.ever_opened(district); }
  [[nodiscard]] std::int64_t points() const { return team_.earned_; }
  [[nodiscard]] std::int64_t elapsed_ms() const { return hunt_ms_; }

 private:
  const Team& team_;
  std::int64_t hunt_ms_;
};

Team::Team(std::shared_ptr<const config::Hunt> hunt, TeamIndex self, const World& world)
    : hunt_(std::move(hunt)), self_(self), world_(world), puzzles_(hunt_->puzzles.size()) {}

void Team::decide(const Command& command, Emitter& emitter) {
  switch (command.kind) {
    case CommandKind::kRequestHint: return decide_hint(command, emitter);
    case CommandKind::kJoinTeam: return decide_join(command, emitter);
    case CommandKind::kRecoverPlayer: return decide_recovery(command, emitter);
    default: return answer_without_effect(command, reply_to(command, Code::kBadRequest), emitter);
  }
}

void Team::decide_hint(const Command& command, Emitter& emitter) {
  const auto refuse = [&](Code code, Reason reason = Reason::kNone) {
    answer_without_effect(command, reply_to(command, code, reason), emitter);
  };
  const config::Puzzle& puzzle = (*hunt_)[command.puzzle];
  const PuzzleState& state = puzzles_[index(command.puzzle)];
  if (!world_.running()) return refuse(Code::kHuntNotRunning);
  if (!state.unlocked) return refuse(Code::kLocked, Reason::kPuzzleLocked);
  if (!world_.open(puzzle.district)) return refuse(Code::kLocked, Reason::kDistrictClosed);
  if (command.item >= puzzle.hints.size()) return refuse(Code::kNotFound, Reason::kNoSuchItem);
  if (command.item > state.hints) return refuse(Code::kLocked, Reason::kHintOutOfSequence);
  const config::Hint& hint = puzzle.hints[command.item];
  Reply reply = reply_to(command);
  reply.item = command.item;
  reply.points = static_cast<std::int32_t>(earned_ - spent_);
  if (command.item < state.hints) return answer_without_effect(command, reply, emitter);
  if (emitter.hunt_ms() < hint.after_ms) {
    Reply early = reply_to(command, Code::kLocked, Reason::kHintNotYet);
    early.retry_after_ms = emitter.wait_ms(hint.after_ms - emitter.hunt_ms());
    return answer_without_effect(command, early, emitter);
  }
  if (earned_ - spent_ < hint.cost) return refuse(Code::kInsufficientPoints);
  Entry entry;
  entry.kind = EntryKind::kHintGranted;
  entry.team = self_;
  entry.player = command.player;
  entry.puzzle = command.puzzle;
  entry.district = puzzle.district;
  entry.item = command.item;
  entry.points = hint.cost;
  entry.name = world_.name(command.player);
  reply.cost = hint.cost;
  reply.points = static_cast<std::int32_t>(earned_ - spent_ - hint.cost);
  entry.reply = reply;
  emitter.emit(entry);
}

void Team::decide_join(const Command& command, Emitter& emitter) {
  if (members_ >= hunt_->team_size_max || members_ >= kMemberSlots)
    return answer_without_effect(command, reply_to(command, Code::kTeamFull), emitter);
  Entry entry;
  entry.kind = EntryKind::kPlayerJoined;
  entry.team = self_;
  entry.player = player_of(self_, members_);
  entry.text = world_.name(self_);
  entry.name = command.name;
  entry.token_hash = command.token_hash;
  entry.recovery_hash = command.recovery_hash;
  entry.reply = reply_to(command);
  entry.reply->player = entry.player;
  emitter.emit(entry);
}

void Team::decide_recovery(const Command& command, Emitter& emitter) {
  Entry entry;
  entry.kind = EntryKind::kPlayerRecovered;
  entry.team = self_;
  entry.player = command.player;
  entry.token_hash = command.token_hash;
  entry.recovery_hash = command.recovery_hash;
  entry.reply = reply_to(command);
  emitter.emit(entry);
}

bool Team::react(Emitter& emitter) {
  const Facts facts{*this, emitter.hunt_ms()};
  std::array<std::uint32_t, kUnlocksPerEntryMax> found;
  std::size_t count = 0;
  for (std::uint32_t d = 0; d < hunt_->districts.size(); ++d) {
    if (!world_.ever_opened(DistrictIndex{d})) continue;
    for (const PuzzleIndex puzzle : hunt_->districts[d].puzzles)
      if (!puzzles_[index(puzzle)].unlocked && count < found.size() &&
          (*hunt_)[puzzle].requires_rule.holds(facts))
        found[count++] = static_cast<std::uint32_t>(puzzle);
  }
  if (count == 0) return false;
  Entry entry;
  entry.kind = EntryKind::kPuzzlesUnlocked;
  entry.team = self_;
  entry.cause = std::max(solved_at_, world_.opened_at());
  entry.unlocked = {reinterpret_cast<const std::byte*>(found.data()), count};
  emitter.emit(entry);
  return count == found.size();
}

void Team::fold(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::kTeamCreated:
    case EntryKind::kPlayerJoined:
      if (entry.team == self_) ++members_;
      break;
    case EntryKind::kGuessDecided:
      if (entry.team != self_ || entry.verdict != Verdict::kCorrect) break;
      puzzles_[index(entry.puzzle)].solved = true;
      earned_ += entry.points;
      solved_at_ = entry.sequence;
      break;
    case EntryKind::kRescored:
      if (entry.team != self_) break;
      puzzles_[index(entry.puzzle)].solved = true;
      earned_ += entry.points;
      solved_at_ = entry.sequence;
      break;
    case EntryKind::kHintGranted:
      if (entry.team != self_) break;
      puzzles_[index(entry.puzzle)].hints = static_cast<std::uint8_t>(entry.item + 1);
      spent_ += entry.points;
      break;
    case EntryKind::kPuzzlesUnlocked:
      if (entry.team != self_) break;
      for (std::size_t i = 0; i < entry.unlocked.count; ++i)
        puzzles_[index(entry.unlocked[i])].unlocked = true;
      break;
    default: break;
  }
}

void Team::save(StateWriter& out) const {
  out.put(members_);
  out.put(earned_);
  out.put(spent_);
  out.put(solved_at_);
  out.put_all(puzzles_);
}

void Team::load(StateReader& in) {
  members_ = in.get<std::uint32_t>();
  earned_ = in.get<std::int64_t>();
  spent_ = in.get<std::int64_t>();
  solved_at_ = in.get<std::uint64_t>();
  in.get_all(puzzles_);
  if (puzzles_.size() != hunt_->puzzles.size()) in.refuse();
}

std::string Team::describe() const {
  std::size_t solved = 0;
  for (const PuzzleState& puzzle : puzzles_) solved += puzzle.solved;
  return "team t" + std::to_string(index(self_)) + ": " + std::to_string(members_) + " members, " +
         std::to_string(earned_ - spent_) + " points, " + std::to_string(solved) + " solved";
}

}  // namespace cairn::actors
