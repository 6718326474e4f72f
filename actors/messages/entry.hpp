// An entry: one fact in the journal, with every effect of the command or reaction that decided it.
//
// Actors, the view and the scoreboard are folds of entries in sequence and of nothing else. The format on disk is
// encode(): little-endian, versioned by kEntryFormat, readable for ever (tests hold golden bytes).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "actors/messages/command.hpp"
#include "actors/messages/ids.hpp"
#include "actors/messages/reply.hpp"
#include "bus/result.hpp"

namespace cairn::actors {

inline constexpr std::uint8_t kEntryFormat = 1;

enum class EntryKind : std::uint8_t {
  kNone,
  kHuntStateChanged,  // state
  kTeamCreated,       // team, player (its captain), text = team's name, name = player's, join_code, hashes
  kPlayerJoined,      // team, player, name, hashes
  kPlayerRecovered,   // player, hashes: the token before is void
  kGuessDecided,  // puzzle, team, player, verdict, points, rank, count = wrong guesses so far, until_ms, answer_hash
  kClueDiscovered,   // puzzle, team, player, item
  kHintGranted,      // puzzle, team, player, item, points = cost
  kCheckedIn,        // puzzle, team, player, distance in count
  kPuzzlesUnlocked,  // team, unlocked (a list), district
  kDistrictOpened,   // district
  kDistrictClosed,   // district
  kAnnounced,        // text
  kNothingChanged,  // a permanent error, or what was so before: only its reply, to be given again; of the hunt: time
  // An operator has it that a guess of before counts as solve, or a solve for more: puzzle, team, player, verdict if it is a
  // solve only now, points = what comes on top, rank, cause = the guess
  kRescored
};

enum class HuntState : std::uint8_t { kNotStarted, kRunning, kPaused, kEnded };

// The list of a kPuzzlesUnlocked entry; points into the entry's bytes or the emitter's array.
struct PuzzleList {
  const std::byte* data = nullptr;  // unaligned little-endian u32
  std::size_t count = 0;
  [[nodiscard]] PuzzleIndex operator[](std::size_t i) const;
};

// Views point into the record's bytes (or the emitter's) and must not outlive the call they are handed to.
struct Entry {
  std::uint64_t sequence = 0;  // given by the journal; 0 while undecided
  EntryKind kind = EntryKind::kNone;
  Verdict verdict = Verdict::kNone;
  HuntState state = HuntState::kNotStarted;
  bool withheld = false;  // decided while the board is frozen: no public event yet
  ActorId decider{};
  std::uint64_t cause = 0;  // sequence of the entry that this one reacts to; 0: a command, or time
  std::uint32_t cause_index = 0;
  std::uint64_t reacted_through = 0;  // the decider has reacted to everything through this sequence
  std::int64_t hunt_ms = 0;           // hunt time at the decision
  std::int64_t wall_ms = 0;           // Unix milliseconds at the decision: an event's "time"
  TeamIndex team = kNoTeam;
  PlayerIndex player = kNoPlayer;
  PuzzleIndex puzzle = kNoPuzzle;
  DistrictIndex district = kNoDistrict;
  std::uint32_t item = kNoItem;
  std::int32_t points = 0;
  std::uint32_t rank = 0;  // of a solve: 1 is the first of all teams
  std::uint32_t count = 0;
  std::int64_t until_ms = 0;      // hunt time at which a lockout ends
  std::uint64_t answer_hash = 0;  // of a guess; 0 of right and partial ones in journals of before
  std::string_view request_id;
  std::string_view text;
  std::string_view name;
  std::string_view join_code;
  PuzzleList unlocked;
  std::optional<Hash> token_hash;
  std::optional<Hash> recovery_hash;
  std::optional<Reply> reply;  // stored with the effect, for a request sent again
};

// Returns the bytes written; `out` holds kEntryBytesMax. The sequence is not among them.
std::size_t encode(const Entry& entry, std::span<std::byte> out);
// Fails on bytes that encode() cannot have written: the journal's checksum passed, so the file is of another edition.
Result<Entry> decode_entry(std::uint64_t sequence, std::span<const std::byte> bytes);

}  // namespace cairn::actors
