// Every bound of net/, with what happens when it is reached.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn::net {

inline constexpr std::int64_t kNsPerMs = 1'000'000;
inline constexpr std::int64_t kNsPerSecond = 1'000'000'000;

// --- protocol ---
inline constexpr std::size_t kRequestBytesMax = 4 * 1024;   // beyond: bad_request
inline constexpr std::size_t kMessageBytesMax = 16 * 1024;  // beyond: close 1009
inline constexpr std::size_t kJsonDepthMax = 16;            // beyond: bad_request
inline constexpr std::size_t kAnswerTextBytesMax = 512;     // as typed, before it is normalised
inline constexpr std::size_t kTokenBytesMax = 128;          // a token, resume token or recovery code
inline constexpr std::size_t kEpochBytesMax = 160;
inline constexpr std::size_t kStateFilterMax = 64;  // puzzles named in one get_state
inline constexpr std::size_t kLeaderboardRows = 50;
inline constexpr std::size_t kBoardBytesUsual =
    32 * 1024;  // of kLeaderboardRows; made once, grows if need be
inline constexpr std::size_t kStateBytesMax = 4 * 1024 * 1024;  // one get_state or snapshot; beyond: internal

// --- session ---
inline constexpr std::int64_t kHelloWithinNs = 5 * kNsPerSecond;  // beyond: close 1008
inline constexpr std::int64_t kHeartbeatNs = 25 * kNsPerSecond;   // idle that long: the server pings
inline constexpr std::int64_t kPongWithinNs = 10 * kNsPerSecond;  // beyond: close 4012
inline constexpr std::int64_t kCloseWithinNs = 2 * kNsPerSecond;  // then the socket is dropped
inline constexpr std::uint32_t kBadFramesMax = 5;                 // then close 4501
inline constexpr std::uint32_t kRequestsPerSecond = 20;           // of one session, bucket of twice that
inline constexpr std::uint32_t kRequestsBurst = 40;
inline constexpr std::uint32_t kTeamRequestsPerSecond = 60;  // of one team on one core
inline constexpr std::uint32_t kTeamRequestsBurst = 160;
inline constexpr std::uint32_t kStateRequestCost = 4;         // get_state costs as many requests
inline constexpr std::uint32_t kRefusedInARowMax = 100;       // rate_limited that often: close 1008
inline constexpr std::uint32_t kTurnsBeforeRefusal = 2;       // an unknown token may be an entry on its way
inline constexpr std::size_t kFailedAddressesTracked = 1024;  // oldest is overwritten
inline constexpr std::uint32_t kFailedAuthPerMinute = 30;     // of one address, bucket of the same
inline constexpr std::size_t kDeferredPerTurn = 16;           // hello, resume, get_state, HTTP posts

// --- send path ---
inline constexpr std::size_t kPendingBytesMax = 256 * 1024;  // hunt: declared skip
// Team and me: close 4008. Half of their windows, so that a frame that is written by half can still be ended before it.
inline constexpr std::size_t kOwnPendingBytesMax = 64 * 1024;
inline constexpr std::size_t kSendBytesMax = 128 * 1024;  // of one sendmsg
inline constexpr std::size_t kBroadcastSlice = 96;        // sends of a broadcast in one turn
inline constexpr std::int64_t kBroadcastSliceNs = 1 * kNsPerMs;
inline constexpr std::int64_t kFlushSpacingMinNs = 5 * kNsPerMs;
inline constexpr std::int64_t kFlushSpacingMaxNs = 50 * kNsPerMs;
inline constexpr std::size_t kPrivateKeepBytes = 4 * 1024;  // of a connection's own; a larger one is lent
inline constexpr std::size_t kLargeBuffersKeptBytes = 4 * 1024 * 1024;  // of each size; more is freed

// --- HTTP ---
inline constexpr std::size_t kHttpHeaderBytesMax = 8 * 1024;  // beyond: 431
inline constexpr std::size_t kHttpBodyBytesMax = 4 * 1024;    // beyond: 413
inline constexpr std::int64_t kHttpRequestWithinNs = 5 * kNsPerSecond;
inline constexpr std::int64_t kHttpIdleNs = 30 * kNsPerSecond;
inline constexpr std::size_t kStaticBytesMax = 64 * 1024 * 1024;  // of all files of the page
inline constexpr std::size_t kAcceptsPerTurn = 64;

// The sweep over all connections for deadlines looks at each about this often.
inline constexpr std::int64_t kSweepEveryNs = 250 * kNsPerMs;
// With no connection it only tells the figures, and a loop that is woken for it finds its caches cold.
inline constexpr std::int64_t kIdleSweepEveryNs = 1000 * kNsPerMs;

}  // namespace cairn::net
