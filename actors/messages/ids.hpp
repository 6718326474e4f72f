// Names of those who speak and are spoken to: teams, players, actors, sessions, streams. Dense indices, no strings.
#pragma once

#include <cstddef>
#include <cstdint>

#include "config/model/ids.hpp"

namespace cairn::actors {

using config::DistrictIndex;
using config::kNoDistrict;
using config::kNoPuzzle;
using config::PuzzleIndex;

// Assigned by the hunt actor's `team_created` entry, 0, 1, 2 …
enum class TeamIndex : std::uint32_t {};
// team * kMemberSlots + the member's slot, so that a team actor assigns it alone. Slots are never used again.
enum class PlayerIndex : std::uint32_t {};

inline constexpr TeamIndex kNoTeam{0xffffffffU};
inline constexpr PlayerIndex kNoPlayer{0xffffffffU};
inline constexpr std::uint32_t kMemberSlots = 16;

constexpr std::size_t index(TeamIndex team) { return static_cast<std::size_t>(team); }
constexpr std::size_t index(PlayerIndex player) { return static_cast<std::size_t>(player); }
using config::index;

constexpr PlayerIndex player_of(TeamIndex team, std::uint32_t slot) {
  return PlayerIndex{static_cast<std::uint32_t>(team) * kMemberSlots + slot};
}
constexpr TeamIndex team_of(PlayerIndex player) {
  return TeamIndex{static_cast<std::uint32_t>(player) / kMemberSlots};
}

// An actor: its kind in the upper 4 bits, its dense index in the others. Journaled as the decider of an entry.
enum class ActorKind : std::uint8_t { kNone, kHunt, kScoreboard, kDistrict, kPuzzle, kTeam };
enum class ActorId : std::uint32_t {};

constexpr ActorId actor_id(ActorKind kind, std::size_t index) {
  return ActorId{static_cast<std::uint32_t>(kind) << 28U | static_cast<std::uint32_t>(index)};
}
constexpr ActorKind kind_of(ActorId id) {
  return static_cast<ActorKind>(static_cast<std::uint32_t>(id) >> 28U);
}
constexpr std::size_t index_of(ActorId id) { return static_cast<std::uint32_t>(id) & 0x0fffffffU; }
inline constexpr ActorId kHuntActor = actor_id(ActorKind::kHunt, 0);
inline constexpr ActorId kScoreboardActor = actor_id(ActorKind::kScoreboard, 0);

// Where a reply goes: a slot of a core's table of sessions, and the generation that makes a stale one harmless.
// Never journaled: a session does not outlive its process.
struct SessionRef {
  std::uint32_t core = 0;
  std::uint32_t slot = 0;
  std::uint64_t generation = 0;  // 0: nobody waits for a reply

  friend bool operator==(const SessionRef&, const SessionRef&) = default;
};

// A resumable stream: bus/stream/ knows only the number.
enum class StreamKind : std::uint8_t { kHunt, kTeam, kMe, kStaff };
using StreamId = std::uint32_t;

constexpr StreamId stream_id(StreamKind kind, std::size_t index = 0) {
  return static_cast<std::uint32_t>(kind) << 28U | static_cast<std::uint32_t>(index);
}
constexpr StreamKind stream_kind(StreamId id) { return static_cast<StreamKind>(id >> 28U); }
inline constexpr StreamId kHuntStream = stream_id(StreamKind::kHunt);
constexpr StreamId team_stream(TeamIndex team) { return stream_id(StreamKind::kTeam, index(team)); }
constexpr StreamId me_stream(PlayerIndex player) { return stream_id(StreamKind::kMe, index(player)); }

}  // namespace cairn::actors
