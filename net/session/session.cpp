#include "net/session/session.hpp"

#include <cstdio>

#include "config/model/normalise.hpp"
#include "net/protocol/names.hpp"
#include "net/protocol/reply_encoder.hpp"

namespace cairn::net {

using actors::Code;
using actors::Command;
using actors::CommandKind;

// The one command that found no place in its ring, with texts of its own.
struct Session::Parked {
  explicit Parked(const Command& from) : command(from), id(from.request_id), text(from.text) {
    command.request_id = id;
    command.text = text;
  }
  Command command;
  std::string id;
  std::string text;
};

Session::Session(CoreContext& core, SessionPeer& peer, const actors::SessionRef& ref, AddressKey address)
    : core_(core),
      peer_(peer),
      ref_(ref),
      address_(address),
      hello_by_ns_(core.clock.steady_ns() + kHelloWithinNs) {}

Session::~Session() = default;

void Session::on_text(std::string_view text) {
  if (state_ == State::kClosed) return;
  ++core_.counters.frames_in;
  const CommandParser::Outcome outcome = core_.parser.parse(text);
  if (!outcome.ok) return bad_frame(outcome.request.id, outcome.why, outcome.is_json);
  if (state_ == State::kWaitingForHello) return before_hello(outcome.request, text);
  if (!admit(outcome.request)) return;
  on_request(outcome.request, text);
}

void Session::on_binary() { close(CloseCode::kBinary, "Messages are text frames."); }

void Session::before_hello(const Request& request, std::string_view text) {
  if (request.kind == RequestKind::kHello || request.kind == RequestKind::kResume) return put_off(text);
  error(request.id, Code::kUnauthorized, "Say hello or resume first.");
  close(CloseCode::kPolicy, "The first message is hello or resume.");
}

void Session::on_request(const Request& request, std::string_view text) {
  switch (request.kind) {
    case RequestKind::kHello:
    case RequestKind::kResume: return bad_frame(request.id, "This connection has said hello already.", true);
    case RequestKind::kPing: return peer_.send(encode_pong(request.id, core_.text));
    case RequestKind::kGetState: return put_off(text);
    default: return command(request);
  }
}

bool Session::admit(const Request& request) {
  const std::int64_t now = core_.clock.steady_ns();
  const std::uint32_t cost = request.kind == RequestKind::kGetState ? kStateRequestCost : 1;
  const bool admitted = bucket_.take(now, kNsPerSecond / kRequestsPerSecond, kRequestsBurst, cost) &&
                        (!viewer_.is_player() || core_.admission.may_request(viewer_.team(), now, cost));
  if (admitted) {
    refused_in_a_row_ = 0;
    return true;
  }
  ++core_.counters.rate_limited;
  if (++refused_in_a_row_ > kRefusedInARowMax) {
    close(CloseCode::kPolicy, "Too many requests, again and again.");
  } else {
    error(request.id, Code::kRateLimited, {}, 1000);
  }
  return false;
}

// --- put off until the turn's entries were folded ---

void Session::put_off(std::string_view text) {
  put_off_.assign(text);
  turns_tried_ = 0;
  peer_.wants_turn();
}

bool Session::on_turn() {
  if (state_ == State::kClosed) return false;
  if (skip_wanted_ && do_skip()) skip_wanted_ = false;
  if (parked_ != nullptr) {
    if (core_.read_only) {
      error(parked_->id, Code::kOverloaded, message_of(Code::kOverloaded, actors::Reason::kReadOnly));
      --undecided_;
      parked_.reset();
    } else if (core_.commands.submit(parked_->command)) {
      parked_.reset();
    }
  }
  if (!put_off_.empty() && do_put_off()) put_off_.clear();
  if (state_ == State::kClosed) return false;
  return skip_wanted_ || parked_ != nullptr || !put_off_.empty();
}

// True: done with it. It was well formed when it came, so it still is.
bool Session::do_put_off() {
  const CommandParser::Outcome outcome = core_.parser.parse(put_off_);
  switch (outcome.request.kind) {
    case RequestKind::kHello: return do_hello(outcome.request);
    case RequestKind::kResume: return do_resume(outcome.request);
    default: return do_get_state(outcome.request);
  }
}

// The view may be ahead of the streams by what the journal's thread is just publishing.
bool Session::streams_are_behind(const Viewer& viewer) const {
  for (std::size_t i = 0; i < viewer.streams(); ++i) {
    const actors::StreamId stream = viewer.stream(i);
    if (core_.streams.last_offset(stream) < core_.view.last_offset(stream)) return true;
  }
  return false;
}

// A token that nobody knows may be one whose entry is on its way to this core: it gets another turn.
bool Session::refuse_token(const Request& request) {
  if (++turns_tried_ < kTurnsBeforeRefusal) return false;
  ++core_.counters.failed_authentications;
  core_.admission.failed(address_, core_.clock.steady_ns());
  error(request.id, Code::kUnauthorized, {});
  close(CloseCode::kBadToken, "The token is not known here.");
  return true;
}

bool Session::do_hello(const Request& request) {
  if (!request.token.empty() && !core_.admission.may_authenticate(address_, core_.clock.steady_ns())) {
    error(request.id, Code::kRateLimited, "Too many failed attempts from this address.", 10'000);
    close(CloseCode::kPolicy, "Too many failed attempts from this address.");
    return true;
  }
  Viewer viewer;
  if (request.token.empty()) {
    if (!core_.hunt->spectators) return turns_tried_ = kTurnsBeforeRefusal, refuse_token(request);
  } else {
    const auto player = core_.view.find_token(sha256(request.token));
    if (!player) return refuse_token(request);
    viewer.player = *player;
  }
  if (streams_are_behind(viewer)) return false;
  enter(viewer);
  send_welcome(request);
  return true;
}

void Session::enter(const Viewer& viewer) {
  viewer_ = viewer;
  state_ = viewer.is_player() ? State::kPlayer : State::kSpectator;
  if (viewer.is_player()) peer_.logged_in(viewer.player);
}

namespace {

const actors::Hash& token_hash_of(const View& view, const Viewer& viewer) {
  static constexpr actors::Hash kSpectator{};
  const Member* member = viewer.is_player() ? view.member(viewer.player) : nullptr;
  return member != nullptr ? member->token_hash : kSpectator;
}

}  // namespace

Following Session::following(const Viewer& viewer, const StreamOffsets& after) const {
  Following following;
  following.count = viewer.streams();
  for (std::size_t i = 0; i < following.count; ++i) {
    following.streams[i] = viewer.stream(i);
    following.after[i] = after[i];
  }
  return following;
}

void Session::send_welcome(const Request& request) {
  ++core_.counters.welcomes;
  std::array<char, 64> session{};
  const int bytes = std::snprintf(session.data(), session.size(), "s%u-%llu", ref_.core,
                                  static_cast<unsigned long long>(ref_.generation));
  const SecretText token = core_.credentials.resume_token(viewer_.player, token_hash_of(core_.view, viewer_));
  const StreamOffsets offsets = core_.states.offsets(viewer_);
  const StateEncoder::Welcome facts{
      request.id, {session.data(), static_cast<std::size_t>(bytes)}, token, offsets};
  peer_.send(core_.states.welcome(viewer_, facts, core_.clock.wall_ms(), core_.text));
  peer_.follow(following(viewer_, offsets));
}

bool Session::do_resume(const Request& request) {
  if (!core_.admission.may_authenticate(address_, core_.clock.steady_ns())) {
    error(request.id, Code::kRateLimited, "Too many failed attempts from this address.", 10'000);
    close(CloseCode::kPolicy, "Too many failed attempts from this address.");
    return true;
  }
  const auto claim = Credentials::claim_of(request.token);
  if (!claim) return refuse_token(request);
  const Viewer viewer{claim->player};
  if (viewer.is_player() ? core_.view.member(viewer.player) == nullptr : !core_.hunt->spectators)
    return refuse_token(request);
  if (!core_.credentials.matches(request.token, viewer.player, token_hash_of(core_.view, viewer)))
    return refuse_token(request);
  if (streams_are_behind(viewer)) return false;

  ++core_.counters.resumes;
  enter(viewer);
  StreamOffsets after = core_.states.offsets(viewer);
  bool can_replay = true;
  for (std::size_t i = 0; i < viewer.streams(); ++i) {
    const StreamPosition& at = request.streams[i];
    if (!at.given) continue;
    const actors::StreamId stream = viewer.stream(i);
    if (at.epoch != core_.states.epochs().of(stream) || !core_.streams.can_follow(stream, at.offset))
      can_replay = false;
    after[i] = at.offset;
  }
  if (!can_replay) return send_snapshot(request.id), true;
  const SecretText token = core_.credentials.resume_token(viewer.player, token_hash_of(core_.view, viewer));
  peer_.send(core_.states.resumed(viewer, {request.id, {}, token, after}, core_.text));
  peer_.follow(following(viewer, after));
  return true;
}

void Session::send_snapshot(std::string_view request_id) {
  ++core_.counters.snapshots;
  peer_.send(core_.states.snapshot(viewer_, request_id, core_.clock.wall_ms(), core_.text));
  peer_.follow(following(viewer_, core_.states.offsets(viewer_)));
}

bool Session::do_get_state(const Request& request) {
  const std::string_view state =
      core_.states.state_reply(viewer_, request, core_.clock.wall_ms(), core_.text);
  if (state.size() > kStateBytesMax) {
    error(request.id, Code::kInternal, "The state is too large to send. Ask for one district at a time.");
  } else {
    ++core_.counters.replies;
    peer_.send(state);
  }
  return true;
}

void Session::skip_hunt(std::uint64_t offset) {
  if (!is_open() || skip_wanted_) return;
  skip_wanted_ = true;
  skip_from_ = offset;
  peer_.wants_turn();
}

bool Session::do_skip() {
  if (streams_are_behind(viewer_)) return false;
  ++core_.counters.snapshots;
  const StreamOffsets offsets = core_.states.offsets(viewer_);
  peer_.send(encode_resync_required(skip_from_ + 1, offsets[0], core_.text));
  peer_.send(core_.states.snapshot(viewer_, {}, core_.clock.wall_ms(), core_.text));
  Following hunt_alone = following(viewer_, offsets);
  hunt_alone.count = 1;
  peer_.follow(hunt_alone);
  return true;
}

// --- commands ---

void Session::command(const Request& request) {
  if (!viewer_.is_player())
    return error(request.id, Code::kForbidden, "Spectators only watch. Join a team to play.");
  if (core_.read_only)
    return error(request.id, Code::kOverloaded, message_of(Code::kOverloaded, actors::Reason::kReadOnly));
  Command command;
  command.session = ref_;
  command.player = viewer_.player;
  command.team = viewer_.team();
  command.request_id = request.id;
  command.at = request.at;
  command.accuracy_m = request.accuracy_m;
  command.intended_ns = core_.clock.steady_ns();
  const auto puzzle = core_.hunt->find_puzzle(request.puzzle);
  if (!puzzle) return error(request.id, Code::kNotFound, "There is no puzzle of that id.");
  command.puzzle = *puzzle;
  command.district = (*core_.hunt)[*puzzle].district;
  if (fill(request, command)) submit(command);
}

// False: it was refused.
bool Session::fill(const Request& request, Command& command) {
  switch (request.kind) {
    case RequestKind::kSubmitAnswer:
      command.kind = CommandKind::kSubmitAnswer;
      return normalise(request, request.answer, command);
    case RequestKind::kDiscoverClue:
      command.kind = CommandKind::kDiscoverClue;
      command.item = request.item;
      return request.code.empty() || normalise(request, request.code, command);
    case RequestKind::kRequestHint:
      command.kind = CommandKind::kRequestHint;
      command.item = request.item;
      return true;
    default:
      command.kind = CommandKind::kCheckIn;
      return request.code.empty() || normalise(request, request.code, command);
  }
}

bool Session::normalise(const Request& request, std::string_view typed, Command& command) {
  const config::Puzzle& puzzle = (*core_.hunt)[command.puzzle];
  const auto size = config::normalise(typed, puzzle.normalisation, answer_.data(), answer_.size());
  if (!size) {
    error(request.id, Code::kBadRequest, "An answer or code is at most 128 bytes long.");
    return false;
  }
  if (*size == 0) {
    error(request.id, Code::kBadRequest, "An answer or code needs a letter or a digit.");
    return false;
  }
  command.text = {answer_.data(), *size};
  return true;
}

void Session::submit(const Command& command) {
  ++undecided_;
  ++core_.counters.commands;
  if (core_.commands.submit(command)) return;
  ++core_.counters.commands_parked;
  parked_ = std::make_unique<Parked>(command);
  peer_.wants_turn();
}

void Session::on_reply(std::string_view request_id, const actors::Reply& reply) {
  if (undecided_ > 0) --undecided_;
  if (state_ == State::kClosed) return;
  ++core_.counters.replies;
  peer_.send(encode_reply(*core_.hunt, request_id, reply, core_.text));
}

// --- ends ---

void Session::on_deadlines() {
  if (state_ == State::kWaitingForHello && put_off_.empty() && core_.clock.steady_ns() >= hello_by_ns_)
    close(CloseCode::kPolicy, "No hello within five seconds.");
}

void Session::error(std::string_view id, Code code, std::string_view message, std::uint32_t retry_after_ms) {
  ++core_.counters.replies;
  peer_.send(encode_error(id, code, message, retry_after_ms, core_.text));
}

void Session::bad_frame(std::string_view id, std::string_view why, bool is_json) {
  ++core_.counters.bad_frames;
  error(id, Code::kBadRequest, why);
  if (!is_json) ++bad_frames_;
  if (bad_frames_ >= kBadFramesMax)
    return close(CloseCode::kBadFrame, "Too many messages that are no JSON objects.");
  const std::int64_t now = core_.clock.steady_ns();
  if (bucket_.take(now, kNsPerSecond / kRequestsPerSecond, kRequestsBurst)) return;
  if (++refused_in_a_row_ > kRefusedInARowMax)
    close(CloseCode::kPolicy, "Too many requests, again and again.");
}

void Session::close(CloseCode code, std::string_view reason) {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  peer_.close(code, reason);
}

}  // namespace cairn::net
