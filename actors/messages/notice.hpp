// Notices: the latest state of something. A key and a version, no offset; rendered from the view when a connection is
// flushed, if the version is newer than what that connection saw.
#pragma once

#include <cstdint>

namespace cairn::actors {

enum class NoticeKind : std::uint8_t { kLeaderboard, kScore };

// Told to every gateway by the scoreboard actor (kLeaderboard, at most once a second). kScore is the view's own: it
// follows from the committed entries of the team.
struct Notice {
  NoticeKind kind{};
  std::uint64_t version = 0;  // the sequence it was ranked at
  bool frozen = false;
};

}  // namespace cairn::actors
