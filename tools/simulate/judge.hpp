// Compares, when a run is over, what the players were told with what the journal says, and the journal with the rules.
//
// Owner: a run. Threads: one. Source of what must hold: the invariants of a hunt (nothing acknowledged is lost, exactly
// once, streams without gaps and the same for all, nobody told another team's secrets, the board is the fold of the log).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/messages/entry.hpp"
#include "tools/simulate/rules.hpp"
#include "tools/world/player.hpp"

namespace cairn::simulate {

class Judge {
 public:
  explicit Judge(std::shared_ptr<const config::Hunt> hunt);

  // Every entry of the journal, in order.
  void hear_entry(const actors::Entry& entry);
  // A player, when everybody has settled; `state` is the reply to his get_state, or "" if he is not connected.
  void hear_player(const world::Player& player, std::string_view state);
  // When the run ended: the hunt's time then, and how long the run took.
  void close(std::int64_t hunt_ms, std::int64_t wall_ms, std::int64_t took_ms);

  // What was wrong, in the order in which it was found; empty: all is well.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  [[nodiscard]] const Rules& rules() const { return rules_; }

 private:
  // An event that must stand at its place of a stream: its name, and what its JSON must contain.
  struct Due {
    std::string event;
    std::string containing;
  };
  // An entry that answered a request.
  struct Answered {
    std::uint64_t sequence = 0;
    actors::Reply reply;
  };

  void complain(std::string what) { complaints_.push_back(std::move(what)); }
  void expect_events(const actors::Entry& entry);
  void expect(actors::StreamId stream, const char* event, std::string containing);
  void check_events(const world::Player& player, actors::PlayerIndex index);
  void check_replies(const world::Player& player, actors::PlayerIndex index);
  void check_reply(const std::string& who, const world::Asked& asked, const Answered& answered);
  void check_state(const world::Player& player, actors::PlayerIndex index, std::string_view state);
  void check_secrets(const world::Player& player);
  [[nodiscard]] actors::StreamId stream_named(std::string_view name, actors::PlayerIndex index) const;

  const std::shared_ptr<const config::Hunt> hunt_;
  Rules rules_;
  std::uint64_t entries_ = 0;
  std::vector<std::string> complaints_;
  std::map<std::string, actors::PlayerIndex, std::less<>> players_;
  std::map<actors::StreamId, std::vector<Due>> due_;
  std::map<std::pair<actors::StreamId, std::uint64_t>, std::string>
      told_;  // the bytes that somebody was told first
  std::map<std::pair<actors::PlayerIndex, std::string>, Answered> answered_;
  std::vector<std::string> secrets_;  // answers that stand in no public text
};

}  // namespace cairn::simulate
