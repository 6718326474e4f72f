// What a command is answered with: numbers and indices only, so that the same reply always encodes to the same bytes.
// net/protocol turns it into JSON with the texts of the hunt's revision.
#pragma once

#include <cstdint>

#include "actors/messages/ids.hpp"

namespace cairn::actors {

enum class CommandKind : std::uint8_t {
  kNone,
  // players'
  kSubmitAnswer,
  kDiscoverClue,
  kRequestHint,
  kCheckIn,
  // from the HTTP side
  kCreateTeam,
  kJoinTeam,
  kRecoverPlayer,
  // operators'
  kOpenDistrict,
  kCloseDistrict,
  kAnnounce,
  kPauseHunt,
  kResumeHunt,
  kEndHunt,
  kRescore
};

// The protocol page's error codes, in its order. kOk is no error.
enum class Code : std::uint8_t {
  kOk,
  kBadRequest,
  kUnauthorized,
  kForbidden,
  kNotFound,
  kLocked,
  kRateLimited,
  kLockedOut,
  kNotCaptain,
  kTeamFull,
  kHuntNotRunning,
  kTooFar,
  kLowAccuracy,
  kInsufficientPoints,
  kScriptError,
  kOverloaded,
  kInternal
};

// Why the code was given, where the code alone does not tell a person what to do.
enum class Reason : std::uint8_t {
  kNone,
  kDistrictClosed,
  kPuzzleLocked,
  kPuzzleNotYetOpen,
  kPuzzleClosed,
  kCheckInFirst,
  kClueOutOfSequence,
  kWrongCode,
  kHintOutOfSequence,
  kHintNotYet,
  kNoSuchItem,
  kNoCheckInHere,
  kNameTaken,
  kHuntFull,
  kAlreadySo,
  kReadOnly,
  kNoSuchTeam
};

// Temporary errors may be sent again with the same id; they are neither stored nor journaled.
constexpr bool is_temporary(Code code) {
  switch (code) {
    case Code::kLocked:
    case Code::kRateLimited:
    case Code::kLockedOut:
    case Code::kHuntNotRunning:
    case Code::kOverloaded:
    case Code::kInternal: return true;
    default: return false;
  }
}

enum class Verdict : std::uint8_t { kNone, kCorrect, kPartial, kIncorrect, kAlreadyTried, kAlreadySolved };

inline constexpr std::uint32_t kNoItem = 0xffffffffU;

// Journaled as it stands: 48 bytes, little-endian, no padding. Fields that a kind does not use are 0 or their "no".
struct Reply {
  CommandKind kind = CommandKind::kNone;
  Code code = Code::kOk;
  Verdict verdict = Verdict::kNone;
  Reason reason = Reason::kNone;
  PuzzleIndex puzzle = kNoPuzzle;
  std::uint32_t item = kNoItem;    // index of the partial, clue or hint whose text is told
  std::int32_t points = 0;         // awarded by this answer; for a hint: the balance left
  std::int32_t cost = 0;           // of a hint
  std::uint32_t guesses_left = 0;  // before the next lockout
  std::uint32_t distance_m = kNoItem;
  std::uint32_t retry_after_ms = 0;   // 0: not told
  std::int64_t lockout_until_ms = 0;  // Unix milliseconds; 0: none
  PlayerIndex player = kNoPlayer;     // whom kCreateTeam, kJoinTeam and kRecoverPlayer made
  DistrictIndex district = kNoDistrict;

  friend bool operator==(const Reply&, const Reply&) = default;
};
static_assert(sizeof(Reply) == 48);

}  // namespace cairn::actors
