// One player: connects, says hello or resumes, asks, and holds the server to what it says.
//
// Owner: the crowd. Threads: one. Bounds: about 600 bytes and at most four requests in flight. When full: it
// asks nothing more until a reply has come.
#pragma once

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tools/crowd/connection.hpp"
#include "tools/crowd/request.hpp"
#include "tools/crowd/scanner.hpp"
#include "tools/crowd/scene.hpp"
#include "tools/crowd/stream_check.hpp"

namespace cairn::crowd {

class Player final : public ConnectionEvents {
 public:
  enum class Phase : std::uint8_t { away, waiting, connecting, greeting, playing, gone };
  // How well a player reads: on purpose slow or not at all, to see what the server does about it.
  enum class Manner : std::uint8_t { attentive, slow, dead };

  Player(Scene& scene, std::uint32_t index, std::uint32_t team);

  void set_token(std::string token) { token_ = std::move(token); }
  [[nodiscard]] bool has_token() const { return !token_.empty(); }
  void set_manner(Manner manner);
  void set_measured(bool measured) { measured_ = measured; }

  // Goes to the door; enter() follows when the gate lets this player in.
  void join();
  void enter();
  // The network is lost (RST); the player is back after `away_ns` and resumes. With `echo` it then sends its
  // last answered guess once more under the same id, and expects the same reply.
  void drop(std::uint64_t away_ns, bool echo);
  void leave();

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] std::uint32_t team() const { return team_; }
  [[nodiscard]] std::size_t outstanding() const { return outstanding_.size(); }
  [[nodiscard]] bool can_ask() const {
    return phase_ == Phase::playing && manner_ == Manner::attentive && outstanding_.size() < kOutstandingMax;
  }

  // The things a player does. Each needs can_ask().
  void guess_wrong(PuzzleIndex puzzle, std::uint64_t intended_ns);
  void guess_partial(PuzzleIndex puzzle, std::uint64_t intended_ns);
  void guess_right(PuzzleIndex puzzle, std::uint64_t intended_ns);
  void ask_hint(PuzzleIndex puzzle, std::uint64_t intended_ns);
  void find_clue(PuzzleIndex puzzle, std::uint64_t intended_ns);
  void check_in(PuzzleIndex puzzle, bool then_solve, std::uint64_t intended_ns);
  void ping(std::uint64_t intended_ns);
  void look(Ask why, std::uint64_t intended_ns);

  void on_open() override;
  void on_text(std::string_view text, std::uint64_t now_ns) override;
  void on_lost(LostBy how, std::uint16_t code) override;

 private:
  static constexpr std::size_t kOutstandingMax = 4;

  // Coming and going (player.cpp).
  void come_back_after(std::uint64_t wait_ns);
  void retry();
  void set_phase(Phase phase);
  void leave_gate();
  void start_manner();
  void read_slowly();
  [[nodiscard]] std::string greeting() const;
  void count_loss(LostBy how, std::uint16_t code);

  // What the server says (player_messages.cpp).
  void on_event(const EventHead& head, std::string_view text, std::uint64_t now_ns);
  void on_hunt_event(const EventHead& head, std::string_view text, bool fresh, std::uint64_t now_ns);
  void on_team_event(std::string_view event, std::string_view text);
  void on_message(std::string_view text, std::uint64_t now_ns);
  void on_odd_event(simdjson::dom::object message, std::string_view text, std::uint64_t now_ns);
  void on_welcome(simdjson::dom::object message);
  void on_resumed(simdjson::dom::object message);
  void on_snapshot(simdjson::dom::object message);
  void on_resync(simdjson::dom::object message);
  void on_reconnect(simdjson::dom::object message);
  void begin_play();
  template <class Visit>
  void each_stream(simdjson::dom::object data, Visit visit);

  // Replies (player_replies.cpp).
  void on_reply(simdjson::dom::object message, std::uint64_t now_ns);
  void on_greeting_refused(simdjson::dom::object message);
  void on_success(const Request& request, simdjson::dom::element data);
  void on_verdict(const Request& request, simdjson::dom::element data);
  void on_error(const Request& request, simdjson::dom::object message, std::uint64_t now_ns);
  void on_state(const Request& request, simdjson::dom::element data);
  void check_echo(const Request& request, simdjson::dom::object message);
  void remember_for_echo(const Request& request, simdjson::dom::element data);

  // Requests (player_requests.cpp).
  void ask(Request request, std::string_view type, std::string_view details);
  void send_again();
  [[nodiscard]] Team& mates() { return scene_.teams[team_]; }

  Scene& scene_;
  Connection connection_;
  std::string token_;
  std::string resume_token_;
  std::array<StreamCheck, kStreamCount> streams_;
  std::vector<Request> outstanding_;
  std::unique_ptr<Request> answered_;  // the last guess with a verdict, for an echo after the next resume
  std::uint64_t catch_up_to_ = 0;      // public events up to here are repetition, not news
  std::uint32_t index_;
  std::uint32_t team_;
  std::uint32_t next_number_ = 1;
  std::uint32_t visit_ = 0;  // counts comings and goings, so that a late timer finds that it is late
  std::uint32_t failures_ = 0;
  Phase phase_ = Phase::away;
  Manner manner_ = Manner::attentive;
  bool measured_ = true;
  bool in_gate_ = false;
  bool resuming_ = false;
  bool echoes_ = false;
  bool told_to_reconnect_ = false;
};

}  // namespace cairn::crowd
