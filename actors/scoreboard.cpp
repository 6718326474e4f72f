#include "actors/scoreboard.hpp"

namespace cairn::actors {

void Scoreboard::decide(const Command& command, Emitter& emitter) {
  answer_without_effect(command, reply_to(command, Code::kBadRequest), emitter);
}

void Scoreboard::fold(const Entry& entry) {
  if (entry.kind == EntryKind::kTeamCreated) {
    standings_.enter(entry.team);
    changed_at_ = entry.sequence;
  } else if (entry.kind == EntryKind::kGuessDecided && entry.verdict == Verdict::kCorrect) {
    standings_.earn(entry.team, entry.points, entry.sequence);
    changed_at_ = entry.sequence;
  } else if (entry.kind == EntryKind::kRescored) {
    standings_.correct(entry.team, entry.points, entry.cause, entry.verdict == Verdict::kCorrect);
    changed_at_ = entry.sequence;
  }
}

std::optional<Notice> Scoreboard::take_notice(std::int64_t now_ns) {
  if (changed_at_ == told_ || (told_ns_ != 0 && now_ns - told_ns_ < kNoticeEveryNs)) return std::nullopt;
  told_ = changed_at_;
  told_ns_ = now_ns;
  return Notice{NoticeKind::kLeaderboard, told_, false};
}

// What was told is this process's own affair: a new one tells its players anew.
void Scoreboard::save(StateWriter& out) const {
  standings_.save(out);
  out.put(changed_at_);
}

void Scoreboard::load(StateReader& in) {
  standings_.load(in);
  changed_at_ = in.get<std::uint64_t>();
}

std::string Scoreboard::describe() const {
  return "scoreboard: " + std::to_string(standings_.teams()) + " teams, the leader has " +
         std::to_string(standings_.leader_earned()) + " points";
}

}  // namespace cairn::actors
