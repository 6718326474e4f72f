// Who plays in a story, and what they can do: `red.solves("lantern")`, `red[1].loses_signal()`. Each waits until everybody
// has settled, but those that begin something.
//
// Owner: a Hunt. Threads: its one.
#pragma once

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tools/world/player.hpp"

namespace cairn::story {

class Hunt;

// The reply to a request, or that none came.
struct Answer {
  std::string json;

  // The verdict of a guess, the code of an error, "ok", or "no reply".
  [[nodiscard]] std::string word() const;
  [[nodiscard]] bool says(std::string_view text) const { return json.find(text) != std::string::npos; }
  // What stands at a field of its data, as text.
  [[nodiscard]] std::string operator[](std::string_view field) const;

  friend bool operator==(const Answer& a, std::string_view word) { return a.word() == word; }
  friend bool operator==(const Answer& a, const Answer& b) { return a.json == b.json; }
  friend std::ostream& operator<<(std::ostream& out, const Answer& a) {
    return out << a.word() << "  (" << (a.json.empty() ? "nothing" : a.json) << ")";
  }
};

class Player {
 public:
  Player(Hunt& hunt, world::Player& self) : hunt_(hunt), self_(self) {}

  // --- the hunt ---
  // Does what it takes: checks in if the puzzle wants it, and gives the answer of the hunt's own files. The story fails
  // if it is not accepted.
  Answer solves(std::string_view puzzle, const char* file = __builtin_FILE(), int line = __builtin_LINE());
  Answer submits(std::string_view puzzle, std::string_view answer, std::string_view id = {});
  // A guess that is wrong and that nobody has made before.
  Answer guesses_wrong(std::string_view puzzle);
  Answer checks_in(std::string_view puzzle);  // at its place
  Answer checks_in_at(std::string_view puzzle, double longitude, double latitude, unsigned accuracy_m);
  Answer checks_in_by_code(std::string_view puzzle, std::string_view code);
  Answer discovers_clue(std::string_view puzzle, unsigned clue, std::string_view code = {});
  Answer buys_hint(std::string_view puzzle, unsigned hint);
  // His team's state, as JSON.
  std::string state();
  // Any request of the protocol.
  Answer asks(std::string_view type, std::string_view data, std::string_view id = {});
  // Sent, and no more: the id is returned, and answer_to() says later what came of it.
  std::string begins_to_submit(std::string_view puzzle, std::string_view answer, std::string_view id = {});
  std::string begins(std::string_view type, std::string_view data, std::string_view id = {});
  [[nodiscard]] Answer answer_to(std::string_view id) const;
  // A message that may be no request at all. Whatever is said to it, but for notices.
  Answer says(std::string_view text);

  // --- his connection ---
  void loses_signal();
  void opens_connection();  // and says nothing
  void connects();
  void moves_to_core(std::size_t core) { self_.set_core(core); }  // with his next connection
  void resumes();
  // His telephone is lost; the recovery code gives him a new token. Returns the status.
  int recovers();
  void loses_connection_after(std::size_t bytes);  // that have gone either way from now on
  void falls_silent();                             // nothing comes or goes, and nobody is told
  void reads(std::uint64_t bytes_per_second);      // a slow telephone; 0: as fast as it comes

  // --- what came of it ---
  [[nodiscard]] const Answer& last_answer() const { return last_; }
  [[nodiscard]] const std::string& name() const { return self_.name(); }
  [[nodiscard]] world::Player& self() { return self_; }
  // Messages that are no events: "welcome", "resumed", "snapshot", "pong" …
  [[nodiscard]] std::size_t times_told_a(std::string_view type) const;

 private:
  Hunt& hunt_;
  world::Player& self_;
  Answer last_;
  unsigned wrong_guesses_ = 0;
};

// What a team does its first member does.
class Team {
 public:
  Team(Hunt& hunt, world::Team& self);

  [[nodiscard]] Player& operator[](std::size_t member) { return *members_.at(member); }
  [[nodiscard]] const std::vector<std::unique_ptr<Player>>& members() const { return members_; }
  [[nodiscard]] const std::string& name() const { return self_.name; }
  [[nodiscard]] const std::string& join_code() const { return self_.join_code; }

  Answer solves(std::string_view puzzle, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return members_[0]->solves(puzzle, file, line);
  }
  Answer submits(std::string_view puzzle, std::string_view answer) {
    return members_[0]->submits(puzzle, answer);
  }
  Answer guesses_wrong(std::string_view puzzle) { return members_[0]->guesses_wrong(puzzle); }
  Answer discovers_clue(std::string_view puzzle, unsigned clue, std::string_view code = {}) {
    return members_[0]->discovers_clue(puzzle, clue, code);
  }
  Answer buys_hint(std::string_view puzzle, unsigned hint) { return members_[0]->buys_hint(puzzle, hint); }
  Answer checks_in(std::string_view puzzle) { return members_[0]->checks_in(puzzle); }

 private:
  world::Team& self_;
  std::vector<std::unique_ptr<Player>> members_;
};

}  // namespace cairn::story
