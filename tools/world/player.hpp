// A player of a world: speaks the protocol over a connection of his own and remembers all that he was told.
//
// Owner: his Team. Threads: the world's one.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/world/client.hpp"

namespace cairn::world {

class World;

// An event as it arrived.
struct ToldEvent {
  std::string stream;
  std::uint64_t offset = 0;
  std::string event;
  std::string json;
};

// A request and what came of it.
struct Asked {
  std::string type;
  std::string data;
  std::string reply;  // the first that is no temporary error, or the last of these; "" while there is none
  std::int64_t at_ms = 0;     // virtual time, when it was sent first
  bool is_ambiguous = false;  // another reply to the same id had other bytes
};

class Player {
 public:
  Player(World& world, std::size_t core, std::string name, std::string token);
  ~Player();
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  // --- what he does; each but send_text() and start_…() waits until everybody has settled ---
  void connect();
  // The connection is lost; what was under way is.
  void lose_signal();
  // Connects again and asks for what he missed.
  void resume();
  // Sends a request and returns the reply's JSON, or "".
  std::string ask(std::string_view type, std::string_view data, std::string_view id = {});
  // The verdict, or the error's code, or "no reply".
  std::string submits(std::string_view puzzle, std::string_view answer, std::string_view id = {});
  std::string get_state() { return ask("get_state", "{}"); }
  // Without waiting. A connection that still stands goes on until the server ends it.
  void start_connecting();
  // A connection on which he says nothing of himself.
  void start_opening();
  void start_resuming();
  // Sends a request; its id is returned, and asked() says what came of it. One that was sent before is sent again.
  std::string start_asking(std::string_view type, std::string_view data, std::string_view id = {});
  void send_text(std::string_view json);

  // --- what he was told ---
  [[nodiscard]] const std::vector<std::string>& messages() const { return messages_; }
  [[nodiscard]] const std::vector<ToldEvent>& events() const { return events_; }
  [[nodiscard]] const std::map<std::string, Asked, std::less<>>& asked() const { return asked_; }
  // Whether an event came whose JSON contains the text.
  [[nodiscard]] bool was_told(std::string_view event, std::string_view containing = {}) const;
  [[nodiscard]] std::size_t times_told(std::string_view event, std::string_view containing = {}) const;
  // "" while every stream was gapless and in order, and every message was as the protocol has it; else what was wrong.
  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  // By which the server closed his last connection.
  [[nodiscard]] std::optional<std::uint16_t> closed() const;
  [[nodiscard]] bool is_connected() const { return client_ != nullptr && !client_->is_over() && is_welcome_; }
  [[nodiscard]] bool has_connection() const { return client_ != nullptr && !client_->is_over(); }
  [[nodiscard]] bool can_resume() const { return !resume_token_.empty(); }
  // The last offset that he has of "hunt", "team" or "me".
  [[nodiscard]] std::uint64_t heard(std::string_view stream) const;
  [[nodiscard]] const std::string& name() const { return name_; }
  // Empty: he is a spectator.
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] const std::string& recovery_code() const { return recovery_code_; }
  [[nodiscard]] std::size_t core() const { return core_; }

  // --- for the world ---
  void keep_recovery_code(std::string_view code) { recovery_code_ = code; }
  // The token that a recovery gave him; what the one before it was good for is over.
  void keep_token(std::string token) {
    token_ = std::move(token);
    resume_token_.clear();
  }
  // Whose gateway his next connection goes to.
  void set_core(std::size_t core) { core_ = core; }
  // As lose_signal(), but nothing that he did or that befell him alone.
  void end_connection() {
    client_.reset();
    former_.clear();
  }
  // Takes in what has come; returns whether anything moved.
  bool listen();
  // For faults; nothing while he has no connection.
  [[nodiscard]] Cable* cable() { return client_ == nullptr ? nullptr : &client_->cable(); }

 private:
  struct Heard {
    std::string epoch;
    std::uint64_t offset = 0;
  };

  void open();
  void hear(const std::string& json);
  void hear_event(simdjson::dom::element event, const std::string& json);
  void hear_streams(simdjson::dom::element message);
  void complain(std::string what);

  World& world_;
  std::size_t core_;
  std::string name_;
  std::string token_;
  std::string recovery_code_;
  std::string resume_token_;
  std::unique_ptr<Client> client_;
  std::vector<std::unique_ptr<Client>> former_;  // that the server has not ended yet
  bool is_welcome_ = false;
  std::vector<std::string> messages_;
  std::vector<ToldEvent> events_;
  std::map<std::string, Asked, std::less<>> asked_;
  std::map<std::string, Heard, std::less<>> heard_;
  bool hunt_is_skipped_ = false;  // declared; its snapshot is to come
  std::string complaint_;
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

}  // namespace cairn::world
