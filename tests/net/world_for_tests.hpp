// Stands in for actors and journal at the seam: keeps the commands that come in, and turns a test's entries
// into what a gateway and its streams are told.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "actors/messages/event.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/port.hpp"
#include "bus/stream/stream_set.hpp"
#include "net/protocol/event_encoder.hpp"

namespace cairn::test {

// Commands as they came, with texts of their own.
class CommandLog final : public actors::CommandPort {
 public:
  struct Kept {
    actors::Command command;
    std::string request_id;
    std::string text;
    std::string name;
    std::string join_code;
  };
  bool submit(const actors::Command& command) noexcept override {
    if (is_full) return false;
    kept.push_back({command, std::string(command.request_id), std::string(command.text),
                    std::string(command.name), std::string(command.join_code)});
    return true;
  }
  void announce_replacement(actors::PlayerIndex player, std::uint64_t generation) noexcept override {
    announced.emplace_back(player, generation);
  }

  bool is_full = false;
  std::deque<Kept> kept;
  std::vector<std::pair<actors::PlayerIndex, std::uint64_t>> announced;
};

class TestStreams {
 public:
  explicit TestStreams(const config::Hunt& hunt, std::uint32_t hunt_segments = 512)
      : hunt_(hunt),
        set({1, hunt.teams_max, hunt.teams_max * actors::kMemberSlots, 1}, 1,
            {{{64 * 1024, hunt_segments}, {16 * 1024, 8}, {16 * 1024, 8}, {16 * 1024, 8}}}) {}

  void append(const actors::Entry& entry) {
    actors::for_each_event(entry, [&](actors::EventRef event) {
      bus::StreamLog& log = set.log(event.stream);
      const std::uint64_t offset = log.last_offset() + 1;
      const std::size_t bytes = net::encode_event(hunt_, entry, event, offset, place_);
      log.append(offset, std::span(place_).first(bytes));
    });
  }

 private:
  const config::Hunt& hunt_;
  std::array<std::byte, 16 * 1024> place_{};

 public:
  bus::StreamSet set;
};

// Makes entries in sequence. Texts point to what the caller keeps.
class Entries {
 public:
  actors::Entry next(actors::EntryKind kind) {
    actors::Entry entry;
    entry.kind = kind;
    entry.sequence = ++sequence_;
    entry.hunt_ms = static_cast<std::int64_t>(sequence_) * 10;
    entry.wall_ms = 1'700'000'000'000 + static_cast<std::int64_t>(sequence_) * 10;
    return entry;
  }
  actors::Entry team(std::uint32_t index, std::string_view name, std::string_view captain,
                     std::string_view join_code, const actors::Hash& token, const actors::Hash& recovery) {
    actors::Entry entry = next(actors::EntryKind::kTeamCreated);
    entry.team = actors::TeamIndex{index};
    entry.player = actors::player_of(entry.team, 0);
    entry.text = name;
    entry.name = captain;
    entry.join_code = join_code;
    entry.token_hash = token;
    entry.recovery_hash = recovery;
    return entry;
  }
  actors::Entry solved(std::uint32_t team, std::uint32_t puzzle, std::int32_t points, std::uint32_t rank,
                       std::string_view team_name = "Gulls", std::string_view by = "Ada") {
    actors::Entry entry = next(actors::EntryKind::kGuessDecided);
    entry.team = actors::TeamIndex{team};
    entry.player = actors::player_of(entry.team, 0);
    entry.puzzle = actors::PuzzleIndex{puzzle};
    entry.verdict = actors::Verdict::kCorrect;
    entry.points = points;
    entry.rank = rank;
    entry.text = team_name;
    entry.name = by;
    return entry;
  }
  actors::Entry announced(std::string_view text) {
    actors::Entry entry = next(actors::EntryKind::kAnnounced);
    entry.text = text;
    return entry;
  }
  [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

 private:
  std::uint64_t sequence_ = 0;
};

}  // namespace cairn::test
