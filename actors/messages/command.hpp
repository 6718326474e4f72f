// A command: what a session, the HTTP side or an operator wants done, checked for shape and still undecided.
//
// In a ring it is kCommandBytesMax bytes at most: a fixed part and the bytes of its texts. A Command's views point
// into the sender's buffer or into the run queue's place and must not outlive the call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/reply.hpp"
#include "config/model/geometry.hpp"

namespace cairn::actors {

using Hash = std::array<std::byte, kHashBytes>;

struct Command {
  CommandKind kind = CommandKind::kNone;
  SessionRef session;
  PlayerIndex player = kNoPlayer;  // from the session, never from a payload
  TeamIndex team = kNoTeam;
  PuzzleIndex puzzle = kNoPuzzle;
  DistrictIndex district = kNoDistrict;
  std::uint32_t item = kNoItem;        // clue or hint
  std::optional<config::Position> at;  // of a check-in
  std::uint32_t accuracy_m = 0;
  std::string_view request_id;  // empty for HTTP and operators: never deduplicated
  std::string_view text;        // normalised answer or code; team's name; announcement
  std::string_view name;        // player's name
  std::string_view join_code;   // of the team that kCreateTeam makes
  Hash token_hash{};            // for kCreateTeam, kJoinTeam, kRecoverPlayer
  Hash recovery_hash{};
  // For kRescore: what the team's solve is to be worth at least, the guess that it goes back to, and its rank.
  std::int32_t points = 0;
  std::uint64_t guess = 0;  // sequence
  std::uint32_t rank = 0;
  std::int64_t intended_ns = 0;  // steady clock, when it was read
};

// Who decides it: puzzles decide answers, clues, check-ins and what a solve is worth, teams hints and joins, the hunt
// everything else.
ActorId decider_of(const Command& command);

// Returns the bytes written; `out` holds kCommandBytesMax.
std::size_t encode(const Command& command, std::span<std::byte> out);
Command decode_command(std::span<const std::byte> bytes);

}  // namespace cairn::actors
