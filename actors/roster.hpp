// Who takes part, by name: folded from committed entries, one on each core, for the actors that live there to read.
//
// Owner: a Shard. Threads: its core's. Bounds: the hunt's teams_max, kMemberSlots players a team.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "actors/messages/entry.hpp"
#include "actors/messages/limits.hpp"
#include "bus/lazy_array.hpp"

namespace cairn::actors {

class Roster {
 public:
  explicit Roster(std::size_t teams_max) : teams_(teams_max), players_(teams_max * kMemberSlots) {}

  void fold(const Entry& entry) {
    if (entry.kind == EntryKind::kTeamCreated) teams_[index(entry.team)].set(entry.text);
    if (entry.kind == EntryKind::kTeamCreated || entry.kind == EntryKind::kPlayerJoined)
      players_[index(entry.player)].set(entry.name);
  }
  [[nodiscard]] std::string_view team(TeamIndex team) const { return teams_[index(team)].view(); }
  [[nodiscard]] std::string_view player(PlayerIndex player) const { return players_[index(player)].view(); }

 private:
  struct Name {
    std::uint8_t bytes;
    std::array<char, kNameBytesMax> text;
    void set(std::string_view name) {
      bytes = static_cast<std::uint8_t>(name.size());
      std::memcpy(text.data(), name.data(), name.size());
    }
    [[nodiscard]] std::string_view view() const { return {text.data(), bytes}; }
  };
  bus::LazyArray<Name> teams_;
  bus::LazyArray<Name> players_;
};

}  // namespace cairn::actors
