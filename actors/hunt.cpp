#include "actors/hunt.hpp"

#include <algorithm>
#include <array>

#include "config/model/normalise.hpp"

namespace cairn::actors {

namespace {

// Two teams whose names look alike to a person have the same name.
std::string comparable(std::string_view name) {
  std::string out(4 * name.size() + 1, '\0');
  const auto bytes = config::normalise(name, {}, out.data(), out.size());
  if (!bytes || *bytes == 0) return std::string{name};
  out.resize(*bytes);
  return out;
}

HuntState state_after(CommandKind kind) {
  switch (kind) {
    case CommandKind::kPauseHunt: return HuntState::kPaused;
    case CommandKind::kEndHunt: return HuntState::kEnded;
    default: return HuntState::kRunning;
  }
}

}  // namespace

// A puzzle counts when any team has solved it; points are the leader's.
class Hunt::Facts {
 public:
  Facts(const Hunt& hunt, std::int64_t hunt_ms) : hunt_(hunt), hunt_ms_(hunt_ms) {}
  [[nodiscard]] bool solved(PuzzleIndex puzzle) const { return hunt_.solved_[index(puzzle)]; }
  [[nodiscard]] bool opened(DistrictIndex district) const {
    return hunt_.districts_[index(district)].ever_opened;
  }
  [[nodiscard]] std::int64_t points() const { return hunt_.standings_.leader_earned(); }
  [[nodiscard]] std::int64_t elapsed_ms() const { return hunt_ms_; }

 private:
  const Hunt& hunt_;
  std::int64_t hunt_ms_;
};

Hunt::Hunt(std::shared_ptr<const config::Hunt> hunt)
    : hunt_(std::move(hunt)),
      districts_(hunt_->districts.size()),
      solved_(hunt_->puzzles.size()),
      standings_(hunt_->teams_max) {}

void Hunt::decide(const Command& command, Emitter& emitter) {
  switch (command.kind) {
    case CommandKind::kCreateTeam: return decide_team(command, emitter);
    case CommandKind::kOpenDistrict:
    case CommandKind::kCloseDistrict: return decide_district(command, emitter);
    case CommandKind::kPauseHunt:
    case CommandKind::kResumeHunt:
    case CommandKind::kEndHunt: return decide_state(command, emitter);
    case CommandKind::kAnnounce: return decide_announcement(command, emitter);
    default: return answer_without_effect(command, reply_to(command, Code::kBadRequest), emitter);
  }
}

void Hunt::decide_team(const Command& command, Emitter& emitter) {
  if (standings_.teams() >= hunt_->teams_max)
    return answer_without_effect(command, reply_to(command, Code::kForbidden, Reason::kHuntFull), emitter);
  if (names_.contains(comparable(command.text)))
    return answer_without_effect(command, reply_to(command, Code::kBadRequest, Reason::kNameTaken), emitter);
  Entry entry;
  entry.kind = EntryKind::kTeamCreated;
  entry.team = TeamIndex{static_cast<std::uint32_t>(standings_.teams())};
  entry.player = player_of(entry.team, 0);
  entry.text = command.text;
  entry.name = command.name;
  entry.join_code = command.join_code;
  entry.token_hash = command.token_hash;
  entry.recovery_hash = command.recovery_hash;
  entry.reply = reply_to(command);
  entry.reply->player = entry.player;
  emitter.emit(entry);
}

void Hunt::decide_district(const Command& command, Emitter& emitter) {
  const bool open = command.kind == CommandKind::kOpenDistrict;
  if (state_ == HuntState::kNotStarted || state_ == HuntState::kEnded)
    return answer_without_effect(command, reply_to(command, Code::kHuntNotRunning), emitter);
  if (districts_[index(command.district)].open == open)
    return answer_without_effect(command, reply_to(command, Code::kOk, Reason::kAlreadySo), emitter);
  Entry entry;
  entry.kind = open ? EntryKind::kDistrictOpened : EntryKind::kDistrictClosed;
  entry.district = command.district;
  entry.reply = reply_to(command);
  emitter.emit(entry);
}

void Hunt::decide_state(const Command& command, Emitter& emitter) {
  const HuntState wanted = state_after(command.kind);
  if (wanted == state_)
    return answer_without_effect(command, reply_to(command, Code::kOk, Reason::kAlreadySo), emitter);
  const bool possible = wanted == HuntState::kPaused    ? state_ == HuntState::kRunning
                        : wanted == HuntState::kRunning ? state_ == HuntState::kPaused
                                                        : state_ != HuntState::kNotStarted;
  if (!possible) return answer_without_effect(command, reply_to(command, Code::kHuntNotRunning), emitter);
  Entry entry;
  entry.kind = EntryKind::kHuntStateChanged;
  entry.state = wanted;
  entry.reply = reply_to(command);
  emitter.emit(entry);
}

void Hunt::decide_announcement(const Command& command, Emitter& emitter) {
  Entry entry;
  entry.kind = EntryKind::kAnnounced;
  entry.text = command.text;
  entry.reply = reply_to(command);
  emitter.emit(entry);
}

std::optional<HuntState> Hunt::state_due(std::int64_t wall_ms) const {
  if (state_ == HuntState::kNotStarted && wall_ms >= hunt_->starts_at_ms.value_or(wall_ms))
    return HuntState::kRunning;
  if (state_ != HuntState::kEnded && state_ != HuntState::kNotStarted && hunt_->ends_at_ms &&
      wall_ms >= *hunt_->ends_at_ms)
    return HuntState::kEnded;
  return std::nullopt;
}

bool Hunt::due(const config::District& district, const Emitter& now) const {
  return (district.opens && district.opens->holds(Facts{*this, now.hunt_ms()})) ||
         (district.opens_at_ms && now.wall_ms() >= *district.opens_at_ms);
}

bool Hunt::react(Emitter& emitter) {
  Entry entry;
  entry.cause = cause_;
  if (const auto state = state_due(emitter.wall_ms())) {
    entry.kind = EntryKind::kHuntStateChanged;
    entry.state = *state;
    emitter.emit(entry);
    return true;
  }
  if (state_ != HuntState::kRunning) return false;
  for (std::size_t d = 0; d < districts_.size(); ++d) {
    if (districts_[d].ever_opened || !due(hunt_->districts[d], emitter)) continue;
    entry.kind = EntryKind::kDistrictOpened;
    entry.district = DistrictIndex{static_cast<std::uint32_t>(d)};
    entry.cause_index = static_cast<std::uint32_t>(d);
    emitter.emit(entry);
    return true;
  }
  note_time(emitter);
  return false;
}

// A crash must not take hunt time back to the last thing that happened, which may be long ago.
void Hunt::note_time(Emitter& emitter) const {
  if (emitter.hunt_ms() - noted_hunt_ms_ < kTimeNotedEveryMs) return;
  Entry entry;
  entry.kind = EntryKind::kNothingChanged;
  emitter.emit(entry);
}

void Hunt::fold(const Entry& entry) {
  noted_hunt_ms_ = std::max(noted_hunt_ms_, entry.hunt_ms);
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: state_ = entry.state; break;
    case EntryKind::kTeamCreated:
      standings_.enter(entry.team);
      names_.insert(comparable(entry.text));
      break;
    case EntryKind::kDistrictOpened:
      districts_[index(entry.district)] = {true, true};
      confirm(entry);
      break;
    case EntryKind::kDistrictClosed: districts_[index(entry.district)].open = false; break;
    case EntryKind::kGuessDecided:
      if (entry.verdict != Verdict::kCorrect) break;
      solved_[index(entry.puzzle)] = true;
      standings_.earn(entry.team, entry.points, entry.sequence);
      cause_ = entry.sequence;
      break;
    case EntryKind::kRescored:
      solved_[index(entry.puzzle)] = true;
      standings_.correct(entry.team, entry.points, entry.cause, entry.verdict == Verdict::kCorrect);
      cause_ = entry.sequence;
      break;
    default: break;
  }
}

void Hunt::confirm(const Entry& entry) {
  if (entry.kind == EntryKind::kDistrictOpened && entry.sequence != 0) cause_ = entry.sequence;
}

void Hunt::save(StateWriter& out) const {
  out.put(state_);
  out.put(cause_);
  out.put_all(districts_);
  out.put_all(solved_);
  standings_.save(out);
  std::vector<std::string_view> names{names_.begin(), names_.end()};
  std::ranges::sort(names);
  for (const std::string_view name : names) out.put_text(name);
}

void Hunt::load(StateReader& in) {
  state_ = in.get<HuntState>();
  cause_ = in.get<std::uint64_t>();
  in.get_all(districts_);
  in.get_all(solved_);
  standings_.load(in);
  while (!in.at_end() && in.ok()) names_.emplace(in.get_text());
  if (districts_.size() != hunt_->districts.size() || solved_.size() != hunt_->puzzles.size()) in.refuse();
}

std::string Hunt::describe() const {
  static constexpr std::array kNames{"not started", "running", "paused", "ended"};
  return std::string{"hunt "} + hunt_->id + ": " + kNames[static_cast<std::size_t>(state_)] + ", " +
         std::to_string(std::ranges::count_if(districts_, &DistrictState::open)) + " districts open, " +
         std::to_string(standings_.teams()) + " teams";
}

}  // namespace cairn::actors
