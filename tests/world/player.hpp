// A player of a scenario: speaks the protocol with a real session and remembers all that he was told.
//
// Owner: his Team. Threads: the test's one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/session/session.hpp"
#include "net/session/session_peer.hpp"

namespace cairn::test {

class World;

// An event as it arrived.
struct ToldEvent {
  std::string stream;
  std::uint64_t offset = 0;
  std::string event;
  std::string json;
};

class Player final : public net::SessionPeer {
 public:
  Player(World& world, std::size_t core, std::string name, std::string token);
  ~Player() override;

  // --- what he does ---
  void connect();
  // The connection is lost; what was under way is.
  void lose_signal();
  // Connects again and asks for what he missed.
  void resume();
  // Sends a request and returns the reply's JSON, once everybody has settled.
  std::string ask(std::string_view type, std::string_view data, std::string_view id = {});
  // Without waiting for the reply.
  void send_text(std::string_view json);
  // The verdict, or the error's code.
  std::string submits(std::string_view puzzle, std::string_view answer, std::string_view id = {});
  std::string get_state() { return ask("get_state", "{}"); }

  // --- what he was told ---
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }
  [[nodiscard]] const std::vector<ToldEvent>& events() const { return events_; }
  // Whether an event came whose JSON contains the text.
  [[nodiscard]] bool was_told(std::string_view event, std::string_view containing = {}) const;
  [[nodiscard]] std::size_t times_told(std::string_view event, std::string_view containing = {}) const;
  // "" while every stream was gapless and in order; else what was wrong.
  [[nodiscard]] const std::string& stream_error() const { return stream_error_; }
  [[nodiscard]] std::optional<net::CloseCode> closed() const { return closed_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  // --- for the gate ---
  [[nodiscard]] net::Session* session() { return session_.get(); }
  void open(net::CoreContext& core, const actors::SessionRef& ref);
  void drop() { session_.reset(); }
  // Reads what the streams that he follows hold by now.
  void read_streams();

  // --- net::SessionPeer ---
  void send(std::string_view json) override;
  void follow(const net::Following& following) override;
  void logged_in(actors::PlayerIndex /*player*/) override {}
  void wants_turn() override {}
  void close(net::CloseCode code, std::string_view reason) override;

 private:
  struct Followed {
    actors::StreamId stream = 0;
    std::uint64_t offset = 0;  // the last one read
    std::uint64_t position = 0;
    bool placed = false;
  };
  void hear_event(std::string_view json);

  World& world_;
  std::size_t core_;
  std::string name_;
  std::string token_;
  std::string resume_token_;
  std::unique_ptr<net::Session> session_;
  std::vector<std::string> messages_;
  std::vector<ToldEvent> events_;
  std::vector<Followed> followed_;
  std::vector<std::pair<std::string, std::pair<std::string, std::uint64_t>>>
      heard_;  // stream: epoch, last offset
  std::string stream_error_;
  std::optional<net::CloseCode> closed_;
  std::uint64_t next_request_ = 1;
};

// Its members play together; what one does, all may do.
struct Team {
  std::string name;
  std::string join_code;
  std::vector<std::unique_ptr<Player>> members;

  [[nodiscard]] Player& operator[](std::size_t member) { return *members.at(member); }
  std::string submits(std::string_view puzzle, std::string_view answer) {
    return members[0]->submits(puzzle, answer);
  }
};

}  // namespace cairn::test
