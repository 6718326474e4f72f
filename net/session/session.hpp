// One client's conversation, as a state machine: frames in, frames out, a clock; no socket.
//
// waiting for hello -> player or spectator -> closed. hello, resume and get_state are put off until
// on_turn(), when every entry that came in before them was folded; what the client sent behind them waits
// too.
//
// Owner: a connection. Threads: its core's loop. Bounds: kUndecidedCommandsMax undecided commands, one parked
// command, one put-off message; with any of these full wants_read() is false, and TCP pushes back to the
// player.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "actors/messages/command.hpp"
#include "actors/messages/limits.hpp"
#include "net/session/core_context.hpp"
#include "net/session/session_peer.hpp"

namespace cairn::net {

class Session {
 public:
  Session(CoreContext& core, SessionPeer& peer, const actors::SessionRef& ref, AddressKey address);
  ~Session();

  void on_text(std::string_view text);
  void on_binary();
  void on_reply(std::string_view request_id, const actors::Reply& reply);
  // Work that was put off. True: it still has some.
  bool on_turn();
  // Coarsely, a few times a second.
  void on_deadlines();
  // The connection fell too far behind on `hunt`, which it has through `offset` at least: a declared skip, as
  // soon as the streams hold what the view has. Until follow() nothing of that stream is to be sent.
  void skip_hunt(std::uint64_t offset);
  // The connection is gone or going; nothing is sent any more.
  void on_closed() { state_ = State::kClosed; }

  [[nodiscard]] bool wants_read() const {
    return state_ != State::kClosed && put_off_.empty() && parked_ == nullptr &&
           undecided_ < actors::kUndecidedCommandsMax;
  }
  [[nodiscard]] bool is_open() const { return state_ == State::kPlayer || state_ == State::kSpectator; }
  [[nodiscard]] bool is_closed() const { return state_ == State::kClosed; }
  [[nodiscard]] const Viewer& viewer() const { return viewer_; }

 private:
  enum class State : std::uint8_t { kWaitingForHello, kPlayer, kSpectator, kClosed };
  struct Parked;

  void on_request(const Request& request, std::string_view text);
  void before_hello(const Request& request, std::string_view text);
  void put_off(std::string_view text);
  bool do_put_off();
  bool do_hello(const Request& request);
  bool do_resume(const Request& request);
  bool do_get_state(const Request& request);
  bool do_skip();
  bool refuse_token(const Request& request);
  void enter(const Viewer& viewer);
  void send_welcome(const Request& request);
  void send_snapshot(std::string_view request_id);
  [[nodiscard]] bool streams_are_behind(const Viewer& viewer) const;
  [[nodiscard]] Following following(const Viewer& viewer, const StreamOffsets& after) const;

  void command(const Request& request);
  bool fill(const Request& request, actors::Command& command);
  bool normalise(const Request& request, std::string_view typed, actors::Command& command);
  void submit(const actors::Command& command);
  [[nodiscard]] bool admit(const Request& request);
  void error(std::string_view id, actors::Code code, std::string_view message,
             std::uint32_t retry_after_ms = 0);
  void bad_frame(std::string_view id, std::string_view why, bool is_json);
  void close(CloseCode code, std::string_view reason);

  CoreContext& core_;
  SessionPeer& peer_;
  actors::SessionRef ref_;
  AddressKey address_;
  State state_ = State::kWaitingForHello;
  Viewer viewer_;
  std::int64_t hello_by_ns_;
  std::uint32_t undecided_ = 0;
  std::uint32_t bad_frames_ = 0;
  std::uint32_t refused_in_a_row_ = 0;
  std::uint32_t turns_tried_ = 0;
  bool skip_wanted_ = false;
  std::uint64_t skip_from_ = 0;
  TokenBucket bucket_;
  std::string put_off_;
  std::unique_ptr<Parked> parked_;
  std::array<char, actors::kAnswerBytesMax> answer_{};
};

}  // namespace cairn::net
