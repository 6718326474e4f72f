#include "actors/puzzle.hpp"

#include <algorithm>

namespace cairn::actors {

std::uint64_t hash_of_answer(std::string_view normalised) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : normalised) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

Puzzle::Puzzle(std::shared_ptr<const config::Hunt> hunt, PuzzleIndex self, const World& world)
    : hunt_(std::move(hunt)), self_(self), puzzle_((*hunt_)[self]), world_(world), teams_(hunt_->teams_max) {}

void Puzzle::decide(const Command& command, Emitter& emitter) {
  const TeamState& team = teams_[index(command.team)];
  if (command.kind == CommandKind::kRescore) return decide_rescore(command, team, emitter);
  if (const Reply refused = refusal(command, team, emitter); refused.code != Code::kOk)
    return answer_without_effect(command, refused, emitter);
  switch (command.kind) {
    case CommandKind::kSubmitAnswer: return decide_answer(command, team, emitter);
    case CommandKind::kDiscoverClue: return decide_clue(command, team, emitter);
    case CommandKind::kCheckIn: return decide_check_in(command, team, emitter);
    default: return answer_without_effect(command, reply_to(command, Code::kBadRequest), emitter);
  }
}

// What stands in the way of any of the three, whoever asks.
Reply Puzzle::refusal(const Command& command, const TeamState& team, const Emitter& now) const {
  if (!world_.running()) return reply_to(command, Code::kHuntNotRunning);
  if (!team.unlocked) return reply_to(command, Code::kLocked, Reason::kPuzzleLocked);
  if (!world_.open(puzzle_.district)) return reply_to(command, Code::kLocked, Reason::kDistrictClosed);
  if (puzzle_.opens_at_ms && now.wall_ms() < *puzzle_.opens_at_ms)
    return reply_to(command, Code::kLocked, Reason::kPuzzleNotYetOpen);
  if (puzzle_.closes_at_ms && now.wall_ms() >= *puzzle_.closes_at_ms)
    return reply_to(command, Code::kLocked, Reason::kPuzzleClosed);
  return reply_to(command);
}

Entry Puzzle::entry_for(const Command& command, EntryKind kind) const {
  Entry entry;
  entry.kind = kind;
  entry.team = command.team;
  entry.player = command.player;
  entry.puzzle = self_;
  entry.district = puzzle_.district;
  entry.text = world_.name(command.team);
  entry.name = world_.name(command.player);
  entry.reply = reply_to(command);
  return entry;
}

std::uint32_t Puzzle::guesses_left(const TeamState& team) const {
  const std::uint32_t tries = hunt_->guesses.tries;
  return tries - team.wrong % tries;
}

void Puzzle::decide_answer(const Command& command, const TeamState& team, Emitter& emitter) {
  Reply reply = reply_to(command);
  reply.guesses_left = guesses_left(team);
  if (team.solved) {
    reply.verdict = Verdict::kAlreadySolved;
    return answer_without_effect(command, reply, emitter);
  }
  if (puzzle_.needs_check_in && !team.checked_in)
    return answer_without_effect(command, reply_to(command, Code::kLocked, Reason::kCheckInFirst), emitter);
  if (emitter.hunt_ms() < team.lockout_until_ms) {
    Reply locked_out = reply_to(command, Code::kLockedOut);
    const std::int64_t left_ms = team.lockout_until_ms - emitter.hunt_ms();
    locked_out.retry_after_ms = emitter.wait_ms(left_ms);
    locked_out.lockout_until_ms = emitter.wall_ms() + left_ms;
    return answer_without_effect(command, locked_out, emitter);
  }
  if (std::ranges::find(puzzle_.answers, command.text) != puzzle_.answers.end())
    return accept(command, emitter);
  for (std::size_t i = 0; i < puzzle_.partials.size(); ++i)
    if (puzzle_.partials[i].answer == command.text) {
      reply.verdict = Verdict::kPartial;
      reply.item = static_cast<std::uint32_t>(i);
      return answer_without_effect(command, reply, emitter, hash_of_answer(command.text));
    }
  const std::uint64_t hash = hash_of_answer(command.text);
  const std::size_t remembered = std::min<std::size_t>(team.wrong, kTriedMax);
  if (std::find(team.tried.begin(), team.tried.begin() + remembered, static_cast<std::uint32_t>(hash)) !=
      team.tried.begin() + remembered) {
    reply.verdict = Verdict::kAlreadyTried;
    return answer_without_effect(command, reply, emitter);
  }
  reject(command, team, hash, emitter);
}

void Puzzle::accept(const Command& command, Emitter& emitter) {
  Entry entry = entry_for(command, EntryKind::kGuessDecided);
  entry.verdict = Verdict::kCorrect;
  entry.points = puzzle_.points.award(solves_);
  entry.rank = solves_ + 1;
  entry.count = teams_[index(command.team)].wrong;
  entry.answer_hash = hash_of_answer(command.text);
  entry.reply->verdict = Verdict::kCorrect;
  entry.reply->points = entry.points;
  emitter.emit(entry);
}

void Puzzle::reject(const Command& command, const TeamState& team, std::uint64_t hash, Emitter& emitter) {
  Entry entry = entry_for(command, EntryKind::kGuessDecided);
  entry.verdict = Verdict::kIncorrect;
  entry.count = team.wrong + 1;
  entry.answer_hash = hash;
  entry.reply->verdict = Verdict::kIncorrect;
  const std::uint32_t tries = hunt_->guesses.tries;
  entry.reply->guesses_left = tries - entry.count % tries;
  if (entry.count % tries == 0) {
    const std::int64_t lockout_ms = hunt_->guesses.lockout_of_round_ms(entry.count / tries);
    entry.until_ms = emitter.hunt_ms() + lockout_ms;
    entry.reply->guesses_left = 0;
    entry.reply->lockout_until_ms = emitter.wall_ms() + lockout_ms;
  }
  emitter.emit(entry);
}

// Whether the hunt still runs or the district is open does not matter: the guess was made when it did. Points once given are
// never taken back, since rules rest on them.
void Puzzle::decide_rescore(const Command& command, const TeamState& team, Emitter& emitter) {
  if (world_.name(command.team).empty())
    return answer_without_effect(command, reply_to(command, Code::kNotFound, Reason::kNoSuchTeam), emitter);
  if (!team.unlocked)
    return answer_without_effect(command, reply_to(command, Code::kLocked, Reason::kPuzzleLocked), emitter);
  const auto more = static_cast<std::int32_t>(std::max<std::int64_t>(command.points - team.points, 0));
  if (team.solved && more == 0)
    return answer_without_effect(command, reply_to(command, Code::kOk, Reason::kAlreadySo), emitter);
  Entry entry = entry_for(command, EntryKind::kRescored);
  entry.verdict = team.solved ? Verdict::kNone : Verdict::kCorrect;
  entry.points = more;
  entry.rank = command.rank;
  entry.cause = command.guess;
  entry.reply->points = more;
  emitter.emit(entry);
}

void Puzzle::decide_clue(const Command& command, const TeamState& team, Emitter& emitter) {
  if (command.item >= puzzle_.clues.size())
    return answer_without_effect(command, reply_to(command, Code::kNotFound, Reason::kNoSuchItem), emitter);
  Reply reply = reply_to(command);
  reply.item = command.item;
  if (command.item < team.clues) return answer_without_effect(command, reply, emitter);
  if (command.item > team.clues)
    return answer_without_effect(command, reply_to(command, Code::kLocked, Reason::kClueOutOfSequence),
                                 emitter);
  const config::Clue& clue = puzzle_.clues[command.item];
  if (clue.discovery == config::Clue::Discovery::kCheckIn && !team.checked_in)
    return answer_without_effect(command, reply_to(command, Code::kLocked, Reason::kCheckInFirst), emitter);
  if (clue.discovery == config::Clue::Discovery::kCode && clue.code != command.text)
    return answer_without_effect(command, reply_to(command, Code::kBadRequest, Reason::kWrongCode), emitter);
  Entry entry = entry_for(command, EntryKind::kClueDiscovered);
  entry.item = command.item;
  entry.reply = reply;
  emitter.emit(entry);
}

void Puzzle::decide_check_in(const Command& command, const TeamState& team, Emitter& emitter) {
  const bool by_code = !command.text.empty();
  const bool by_position = command.at && puzzle_.at && puzzle_.radius_m > 0;
  if (by_code ? puzzle_.code.empty() : !by_position)
    return answer_without_effect(command, reply_to(command, Code::kBadRequest, Reason::kNoCheckInHere),
                                 emitter);
  Reply reply = reply_to(command);
  if (by_code && command.text != puzzle_.code)
    return answer_without_effect(command, reply_to(command, Code::kBadRequest, Reason::kWrongCode), emitter);
  if (!by_code) {
    reply.distance_m = config::distance_m(*command.at, *puzzle_.at);
    if (command.accuracy_m > hunt_->check_in.accuracy_max_m)
      reply.code = Code::kLowAccuracy;
    else if (reply.distance_m > puzzle_.radius_m)
      reply.code = Code::kTooFar;
  }
  if (reply.code != Code::kOk || team.checked_in) return answer_without_effect(command, reply, emitter);
  Entry entry = entry_for(command, EntryKind::kCheckedIn);
  entry.count = reply.distance_m;
  entry.reply = reply;
  emitter.emit(entry);
}

void Puzzle::fold(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::kPuzzlesUnlocked:
      for (std::size_t i = 0; i < entry.unlocked.count; ++i)
        if (entry.unlocked[i] == self_) teams_[index(entry.team)].unlocked = true;
      break;
    case EntryKind::kGuessDecided:
      if (entry.puzzle == self_) fold_guess(entry);
      break;
    case EntryKind::kRescored:
      if (entry.puzzle == self_) fold_rescore(entry);
      break;
    case EntryKind::kClueDiscovered:
      if (entry.puzzle == self_) teams_[index(entry.team)].clues = static_cast<std::uint8_t>(entry.item + 1);
      break;
    case EntryKind::kCheckedIn:
      if (entry.puzzle == self_) teams_[index(entry.team)].checked_in = true;
      break;
    default: break;
  }
}

void Puzzle::fold_guess(const Entry& entry) {
  TeamState& team = teams_[index(entry.team)];
  if (entry.verdict == Verdict::kCorrect) {
    team.solved = true;
    team.points = entry.points;
    ++solves_;
  } else if (entry.verdict == Verdict::kIncorrect) {
    team.tried[team.wrong % kTriedMax] = static_cast<std::uint32_t>(entry.answer_hash);
    team.wrong = entry.count;
    team.lockout_until_ms = std::max(team.lockout_until_ms, entry.until_ms);
  }
}

void Puzzle::fold_rescore(const Entry& entry) {
  TeamState& team = teams_[index(entry.team)];
  team.points += entry.points;
  if (entry.verdict != Verdict::kCorrect) return;
  team.solved = true;
  ++solves_;
}

void Puzzle::save(StateWriter& out) const {
  out.put(solves_);
  out.put_touched(teams_);
}

void Puzzle::load(StateReader& in) {
  solves_ = in.get<std::uint32_t>();
  in.get_touched(teams_);
}

std::string Puzzle::describe() const {
  return "puzzle " + puzzle_.id + ": " + std::to_string(solves_) + " solves";
}

}  // namespace cairn::actors
