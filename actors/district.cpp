#include "actors/district.hpp"

namespace cairn::actors {

District::District(std::shared_ptr<const config::Hunt> hunt, DistrictIndex self)
    : hunt_(std::move(hunt)), self_(self) {}

void District::decide(const Command& command, Emitter& emitter) {
  answer_without_effect(command, reply_to(command, Code::kBadRequest), emitter);
}

void District::fold(const Entry& entry) {
  if (entry.district != self_) return;
  switch (entry.kind) {
    case EntryKind::kDistrictOpened:
      open_ = true;
      ++openings_;
      break;
    case EntryKind::kDistrictClosed: open_ = false; break;
    case EntryKind::kGuessDecided: ++(entry.verdict == Verdict::kCorrect ? solves_ : wrong_guesses_); break;
    case EntryKind::kRescored: solves_ += entry.verdict == Verdict::kCorrect; break;
    case EntryKind::kCheckedIn: ++check_ins_; break;
    default: break;
  }
}

void District::save(StateWriter& out) const {
  out.put(open_);
  for (const std::uint32_t count : {openings_, solves_, wrong_guesses_, check_ins_}) out.put(count);
}

void District::load(StateReader& in) {
  open_ = in.get<bool>();
  for (std::uint32_t* count : {&openings_, &solves_, &wrong_guesses_, &check_ins_})
    *count = in.get<std::uint32_t>();
}

std::string District::describe() const {
  return "district " + (*hunt_)[self_].id + ": " + (open_ ? "open" : "closed") + ", " +
         std::to_string(openings_) + " openings, " + std::to_string(solves_) + " solves, " +
         std::to_string(wrong_guesses_) + " wrong guesses, " + std::to_string(check_ins_) + " check-ins";
}

}  // namespace cairn::actors
