// The sizes that messages keep to. What does not fit is refused where it comes in, with `bad_request`.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::actors {

inline constexpr std::size_t kRequestIdBytesMax = 36;
inline constexpr std::size_t kAnswerBytesMax = 128;  // a normalised answer, or a code
inline constexpr std::size_t kNameBytesMax = 48;     // of a team or player, UTF-8
inline constexpr std::size_t kAnnouncementBytesMax = 280;
inline constexpr std::size_t kJoinCodeBytes = 8;  // also of what a person types to recover: 3 groups of it
inline constexpr std::size_t kHashBytes = 32;     // SHA-256 of a token or recovery code
inline constexpr std::size_t kCommandBytesMax = 448;  // encoded: seven cells behind the head
inline constexpr std::size_t kEntryBytesMax = 4096;   // encoded
inline constexpr std::size_t kUnlocksPerEntryMax = 512;
inline constexpr std::uint32_t kUndecidedCommandsMax = 4;  // of one session
inline constexpr std::uint32_t kReplayedRepliesMax = 64;   // request ids remembered for each player

}  // namespace cairn::actors
