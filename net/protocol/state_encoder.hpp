// What a player may see now, as JSON: get_state's data, snapshots, welcome and resumed.
//
// Threads: the core's. Bounds: kStateBytesMax is checked by the session. Nothing of another team, and no
// answer, code or undiscovered clue is ever written here.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/model/hunt.hpp"
#include "net/protocol/epoch.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/protocol/request.hpp"
#include "net/view/view.hpp"

namespace cairn::net {

// Who asks: kNoPlayer is a spectator.
struct Viewer {
  actors::PlayerIndex player = actors::kNoPlayer;

  [[nodiscard]] bool is_player() const { return player != actors::kNoPlayer; }
  [[nodiscard]] actors::TeamIndex team() const { return actors::team_of(player); }
  // By StreamKind; a spectator has the first alone.
  [[nodiscard]] std::size_t streams() const { return is_player() ? kPlayerStreams : 1; }
  [[nodiscard]] actors::StreamId stream(std::size_t i) const {
    return i == 0 ? actors::kHuntStream : i == 1 ? actors::team_stream(team()) : actors::me_stream(player);
  }
};

using StreamOffsets = std::array<std::uint64_t, kPlayerStreams>;

void write_leaderboard(JsonWriter& json, const View& view);

class StateEncoder {
 public:
  // `speed`: bus::Clock::speed(). Clients are told of a rehearsal, so that nobody takes it for the hunt.
  StateEncoder(const View& view, std::string_view data_id, std::uint32_t speed);

  // Of get_state; `filter` narrows it to the puzzles that it names, if it names any.
  [[nodiscard]] std::string_view state_reply(const Viewer& viewer, const Request& filter,
                                             std::int64_t now_wall_ms, TextBuffer& out) const;
  [[nodiscard]] std::string_view snapshot(const Viewer& viewer, std::string_view request_id,
                                          std::int64_t now_wall_ms, TextBuffer& out) const;

  struct Welcome {
    std::string_view request_id;
    std::string_view session;
    std::string_view resume_token;
    StreamOffsets offsets{};
  };
  [[nodiscard]] std::string_view welcome(const Viewer& viewer, const Welcome& facts, std::int64_t now_wall_ms,
                                         TextBuffer& out) const;
  [[nodiscard]] std::string_view resumed(const Viewer& viewer, const Welcome& facts, TextBuffer& out) const;

  [[nodiscard]] const Epochs& epochs() const { return epochs_; }
  [[nodiscard]] StreamOffsets offsets(const Viewer& viewer) const;

 private:
  void write_streams(JsonWriter& json, const Viewer& viewer, const StreamOffsets& offsets) const;
  void write_state(JsonWriter& json, const Viewer& viewer, const Request& filter,
                   std::int64_t now_wall_ms) const;
  void write_hunt(JsonWriter& json) const;
  void write_rehearsal(JsonWriter& json) const;
  void write_districts(JsonWriter& json, const Viewer& viewer) const;
  void write_puzzles(JsonWriter& json, actors::TeamIndex team, const Request& filter,
                     std::int64_t now_wall_ms) const;
  void write_puzzle(JsonWriter& json, actors::TeamIndex team, actors::PuzzleIndex puzzle,
                    std::int64_t now_wall_ms) const;
  void write_team(JsonWriter& json, actors::TeamIndex team) const;

  const View& view_;
  Epochs epochs_;
  const std::uint32_t speed_;
  std::vector<std::string>
      outlines_;  // of districts, as GeoJSON: they never change, and everybody asks for them
};

}  // namespace cairn::net
