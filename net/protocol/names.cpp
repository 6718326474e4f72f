#include "net/protocol/names.hpp"

namespace cairn::net {

using actors::Code;
using actors::Reason;

std::string_view name_of(actors::HuntState state) {
  switch (state) {
    case actors::HuntState::kNotStarted: return "not_started";
    case actors::HuntState::kRunning: return "running";
    case actors::HuntState::kPaused: return "paused";
    case actors::HuntState::kEnded: return "ended";
  }
  return "ended";
}

std::string_view name_of(actors::StreamKind kind) {
  switch (kind) {
    case actors::StreamKind::kHunt: return "hunt";
    case actors::StreamKind::kTeam: return "team";
    case actors::StreamKind::kMe: return "me";
    case actors::StreamKind::kStaff: return "staff";
  }
  return "hunt";
}

std::string_view name_of(actors::Verdict verdict) {
  switch (verdict) {
    case actors::Verdict::kCorrect: return "correct";
    case actors::Verdict::kPartial: return "partial";
    case actors::Verdict::kAlreadyTried: return "already_tried";
    case actors::Verdict::kAlreadySolved: return "already_solved";
    case actors::Verdict::kIncorrect:
    case actors::Verdict::kNone: break;
  }
  return "incorrect";
}

std::string_view name_of(Code code) {
  switch (code) {
    case Code::kOk: return "ok";
    case Code::kBadRequest: return "bad_request";
    case Code::kUnauthorized: return "unauthorized";
    case Code::kForbidden: return "forbidden";
    case Code::kNotFound: return "not_found";
    case Code::kLocked: return "locked";
    case Code::kRateLimited: return "rate_limited";
    case Code::kLockedOut: return "locked_out";
    case Code::kNotCaptain: return "not_captain";
    case Code::kTeamFull: return "team_full";
    case Code::kHuntNotRunning: return "hunt_not_running";
    case Code::kTooFar: return "too_far";
    case Code::kLowAccuracy: return "low_accuracy";
    case Code::kInsufficientPoints: return "insufficient_points";
    case Code::kScriptError: return "script_error";
    case Code::kOverloaded: return "overloaded";
    case Code::kInternal: return "internal";
  }
  return "internal";
}

namespace {

std::string_view message_of(Reason reason) {
  switch (reason) {
    case Reason::kNone: return {};
    case Reason::kDistrictClosed: return "This district is not open yet. You will be told when it opens.";
    case Reason::kPuzzleLocked:
      return "Your team has not unlocked this puzzle yet. Solve what comes before it.";
    case Reason::kPuzzleNotYetOpen: return "This puzzle opens later. Try again when its time has come.";
    case Reason::kPuzzleClosed: return "This puzzle has closed. Its time is over.";
    case Reason::kCheckInFirst: return "Check in at the place first, then answer.";
    case Reason::kClueOutOfSequence: return "Clues come in sequence. Discover the one before it first.";
    case Reason::kWrongCode: return "That code is not the one found here. Check it and type it again.";
    case Reason::kHintOutOfSequence: return "Hints come in sequence. Ask for the one before it first.";
    case Reason::kHintNotYet: return "This hint cannot be bought yet. Try again later.";
    case Reason::kNoSuchItem: return "This puzzle has no clue or hint of that number.";
    case Reason::kNoCheckInHere: return "This puzzle has no place to check in at.";
    case Reason::kNameTaken: return "That name is taken. Choose another.";
    case Reason::kHuntFull: return "The hunt has as many teams as it can hold. Join one of them by its code.";
    case Reason::kAlreadySo: return "It is so already. Nothing was changed.";
    case Reason::kNoSuchTeam: return "There is no team of that id.";
    case Reason::kReadOnly:
      return "The server cannot store anything at the moment. Nothing is lost; try again later.";
  }
  return {};
}

std::string_view message_of(Code code) {
  switch (code) {
    case Code::kOk: return "Done.";
    case Code::kBadRequest: return "The message was not understood. Check its fields.";
    case Code::kUnauthorized:
      return "The token is not known here. Join again, or recover with your recovery code.";
    case Code::kForbidden: return "Your role may not do this.";
    case Code::kNotFound: return "There is nothing of that name. Check the id.";
    case Code::kLocked: return "This is not open to your team yet.";
    case Code::kRateLimited: return "Too many requests. Wait a moment and send it again.";
    case Code::kLockedOut: return "Too many wrong guesses. Wait until the lockout is over.";
    case Code::kNotCaptain: return "Only the team's captain may do this.";
    case Code::kTeamFull: return "The team has as many members as it may have. Make a team of your own.";
    case Code::kHuntNotRunning: return "The hunt is not running now. Wait until it does.";
    case Code::kTooFar: return "You are too far from the place. Go closer and try again.";
    case Code::kLowAccuracy:
      return "Your position is not accurate enough. Wait for a better fix and try again.";
    case Code::kInsufficientPoints: return "Your team has not enough points for this hint.";
    case Code::kScriptError: return "This puzzle has a fault. The organisers have been told.";
    case Code::kOverloaded: return "The server is busy. Wait a moment and send it again.";
    case Code::kInternal: return "Something went wrong here, not with you. Send it again.";
  }
  return "Something went wrong here, not with you. Send it again.";
}

}  // namespace

std::string_view message_of(Code code, Reason reason) {
  const std::string_view by_reason = message_of(reason);
  return by_reason.empty() ? message_of(code) : by_reason;
}

}  // namespace cairn::net
