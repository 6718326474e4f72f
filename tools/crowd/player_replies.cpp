// What the server answers, and whether it may.
#include <algorithm>

#include "tools/crowd/json_read.hpp"
#include "tools/crowd/player.hpp"
#include "tools/crowd/steady_time.hpp"
#include "tools/crowd/text_hash.hpp"

namespace cairn::crowd {
namespace {

namespace dom = simdjson::dom;

constexpr std::uint64_t kLockoutHoldNs = 15 * kNsPerSecond;

bool is_guess(Ask ask) {
  return ask == Ask::wrong_guess || ask == Ask::partial_guess || ask == Ask::right_guess;
}

bool is_shed(std::string_view code) { return code == "overloaded" || code == "rate_limited"; }

}  // namespace

void Player::on_reply(dom::object message, std::uint64_t now_ns) {
  Tally& tally = scene_.tally;
  std::string_view id;
  read_member(message, "id", id);
  bool ok = true;  // a pong has no `ok` and always is
  read_member(message, "ok", ok);
  if (id == "h" || id == "r") {
    if (!ok) on_greeting_refused(message);
    return;
  }
  ++tally.replies;
  const std::uint32_t number = request_number(id);
  const auto found = std::find_if(outstanding_.begin(), outstanding_.end(),
                                  [number](const Request& request) { return request.number == number; });
  if (found == outstanding_.end()) {
    ++tally.unmatched_replies;
    return;
  }
  const Request request = std::move(*found);
  outstanding_.erase(found);
  if (request.measured) {
    const std::uint64_t wait_us =
        now_ns > request.intended_ns ? (now_ns - request.intended_ns) / kNsPerUs : 0;
    tally.reply_us.record(wait_us);
    tally.recent_reply_us.record(wait_us);
  }
  if (request.ask == Ask::echo) return check_echo(request, message);
  if (!ok) return on_error(request, message, now_ns);
  dom::element data;
  if (message["data"].get(data) != simdjson::SUCCESS && request.ask != Ask::ping) {
    ++tally.malformed_messages;
    return;
  }
  on_success(request, data);
}

void Player::on_greeting_refused(dom::object message) {
  bool temporary = false;
  read_member(message["error"], "temporary", temporary);
  if (resuming_ && !temporary) {
    // The session is not known any more: begin a new one, and let the welcome say what was skipped.
    ++scene_.tally.resumes_refused;
    resume_token_.clear();
  }
  ++scene_.tally.connects_failed;
  connection_.reset();
  retry();
}

void Player::on_success(const Request& request, dom::element data) {
  PuzzleProgress& mine = mates().progress(request.puzzle);
  switch (request.ask) {
    case Ask::wrong_guess:
    case Ask::partial_guess:
    case Ask::right_guess: return on_verdict(request, data);
    case Ask::hint: mine.hints_promised |= 1U << (request.index & 31U); return;
    case Ask::clue: mine.clues_promised |= 1U << (request.index & 31U); return;
    case Ask::check_in: {
      bool accepted = false;
      read_member(data, "accepted", accepted);
      mine.checked_in = mine.checked_in || accepted;
      if (!accepted) ++scene_.tally.verdict_errors;
      if (!accepted || !request.then_solve || !can_ask() || !mates().is_open(request.puzzle)) return;
      return guess_right(request.puzzle, now_ns());
    }
    case Ask::look:
    case Ask::verify: return on_state(request, data);
    case Ask::ping:
    case Ask::echo: return;
  }
}

void Player::on_verdict(const Request& request, dom::element data) {
  Tally& tally = scene_.tally;
  std::string_view text;
  read_member(data, "verdict", text);
  const Verdict verdict = verdict_of(text);
  ++tally.verdicts[static_cast<std::size_t>(verdict)];
  if (!fits(request.ask, verdict)) ++tally.verdict_errors;
  PuzzleProgress& mine = mates().progress(request.puzzle);
  if (verdict == Verdict::correct) {
    ++tally.solves;
    mine.solve_promised = true;
  }
  if (verdict == Verdict::correct || verdict == Verdict::already_solved) {
    mates().set_status(request.puzzle, PuzzleStatus::solved);
  }
  std::uint64_t left = 0;
  if (data["guesses_left"].get(left) == simdjson::SUCCESS) {
    mine.guesses_left = static_cast<std::uint16_t>(std::min<std::uint64_t>(left, 0xffff));
  }
  dom::element lockout;
  if (data["lockout_until"].get(lockout) == simdjson::SUCCESS && !lockout.is_null()) {
    mine.hold_until_ns = now_ns() + kLockoutHoldNs;
    mine.guesses_left = 0xffff;
  }
  remember_for_echo(request, data);
}

void Player::on_error(const Request& request, dom::object message, std::uint64_t now_ns) {
  Tally& tally = scene_.tally;
  std::string_view code;
  bool temporary = false;
  std::uint64_t retry_after_ms = 0;
  read_member(message["error"], "code", code);
  read_member(message["error"], "temporary", temporary);
  const bool says_when = message["error"]["retry_after_ms"].get(retry_after_ms) == simdjson::SUCCESS;
  ++tally.errors[std::string(code)];
  if (is_shed(code)) ++tally.shed;
  if (!temporary && !is_ordinary_error(code)) ++tally.unexpected_errors;
  if (request.ask == Ask::look || request.ask == Ask::verify || request.ask == Ask::ping) return;
  PuzzleProgress& mine = mates().progress(request.puzzle);
  // The same hint or clue may be asked for later; what does not exist is not asked for again.
  if (code != "not_found" && request.ask == Ask::hint) mine.hints_asked = request.index;
  if (code != "not_found" && request.ask == Ask::clue) mine.clues_asked = request.index;
  if (!is_guess(request.ask)) return;
  if (request.ask == Ask::right_guess) scene_.forget_solve(team_, request.puzzle);
  // A locked puzzle may stand in a district that is closed for a while only, so it is tried again soon.
  const std::uint64_t usual_ns = temporary || code == "locked" ? 3 * kNsPerSecond : kLockoutHoldNs;
  const std::uint64_t hold_ns = says_when ? retry_after_ms * kNsPerMs : usual_ns;
  mine.hold_until_ns = now_ns + hold_ns;
  mine.guesses_left = 0xffff;
}

void Player::on_state(const Request& request, dom::element data) {
  Team& team = mates();
  if (request.ask == Ask::look) {
    team.apply_state(data, scene_.book);
    scene_.apply_districts(data);
    return;
  }
  if (team.verified) return;
  team.verified = true;
  const Effects effects = team.verify(data, scene_.book);
  scene_.tally.acknowledged += effects.promised;
  scene_.tally.acknowledged_lost += effects.lost;
}

void Player::remember_for_echo(const Request& request, dom::element data) {
  if (!answered_) answered_ = std::make_unique<Request>();
  *answered_ = request;
  answered_->ask = Ask::echo;
  answered_->measured = false;
  answered_->echoed_hash = text_hash(simdjson::minify(data));
}

void Player::check_echo(const Request& request, dom::object message) {
  dom::element data;
  const bool same = message["data"].get(data) == simdjson::SUCCESS &&
                    text_hash(simdjson::minify(data)) == request.echoed_hash;
  if (same) return;
  std::string_view code;
  read_member(message["error"], "code", code);
  ++(is_shed(code) ? scene_.tally.shed : scene_.tally.inconsistent_replies);
}

}  // namespace cairn::crowd
