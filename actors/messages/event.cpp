#include "actors/messages/event.hpp"

namespace cairn::actors {

std::string_view name_of(EventKind kind) {
  switch (kind) {
    case EventKind::kHuntStateChanged: return "hunt_state_changed";
    case EventKind::kDistrictOpened: return "district_opened";
    case EventKind::kDistrictClosed: return "district_closed";
    case EventKind::kPuzzleUnlocked: return "puzzle_unlocked";
    case EventKind::kClueDiscovered: return "clue_discovered";
    case EventKind::kPuzzleSolved: return "puzzle_solved";
    case EventKind::kTeamSolved: return "team_solved";
    case EventKind::kFirstSolve: return "first_solve";
    case EventKind::kHintGranted: return "hint_granted";
    case EventKind::kAnnouncement: return "announcement";
    case EventKind::kMemberJoined: return "member_joined";
    case EventKind::kPointsAwarded: return "points_awarded";
    case EventKind::kTokenEnded: return "token_ended";
  }
  return "unknown";
}

}  // namespace cairn::actors
