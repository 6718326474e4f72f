// Events: the facts that players are told, each at an offset of a stream. Which events an entry gives, and on which
// streams, follows from the entry alone; so offsets can be given before anything is encoded, and again on replay.
#pragma once

#include <cstdint>
#include <string_view>

#include "actors/messages/entry.hpp"
#include "actors/messages/ids.hpp"

namespace cairn::actors {

enum class EventKind : std::uint8_t {
  kHuntStateChanged,
  kDistrictOpened,
  kDistrictClosed,
  kPuzzleUnlocked,
  kClueDiscovered,
  kPuzzleSolved,
  kTeamSolved,
  kFirstSolve,
  kHintGranted,
  kAnnouncement,
  kMemberJoined,
  kPointsAwarded,  // on `team`: a solve of before counts for more
  kTokenEnded      // on `me`: the token was ended by a recovery
};

std::string_view name_of(EventKind kind);

struct EventRef {
  StreamId stream = 0;
  EventKind kind{};
  std::uint32_t item = 0;  // position in Entry::unlocked for kPuzzleUnlocked
};

// Calls f(EventRef) for each event of the entry, in the order in which their offsets are given.
template <class F>
void for_each_event(const Entry& entry, F&& f) {
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: f(EventRef{kHuntStream, EventKind::kHuntStateChanged, 0}); break;
    case EntryKind::kTeamCreated:
    case EntryKind::kPlayerJoined: f(EventRef{team_stream(entry.team), EventKind::kMemberJoined, 0}); break;
    case EntryKind::kPlayerRecovered: f(EventRef{me_stream(entry.player), EventKind::kTokenEnded, 0}); break;
    case EntryKind::kGuessDecided:
      if (entry.verdict != Verdict::kCorrect) break;
      f(EventRef{team_stream(entry.team), EventKind::kPuzzleSolved, 0});
      if (entry.withheld) break;
      f(EventRef{kHuntStream, EventKind::kTeamSolved, 0});
      if (entry.rank == 1) f(EventRef{kHuntStream, EventKind::kFirstSolve, 0});
      break;
    case EntryKind::kClueDiscovered:
      f(EventRef{team_stream(entry.team), EventKind::kClueDiscovered, 0});
      break;
    case EntryKind::kHintGranted: f(EventRef{team_stream(entry.team), EventKind::kHintGranted, 0}); break;
    case EntryKind::kPuzzlesUnlocked:
      for (std::uint32_t i = 0; i < entry.unlocked.count; ++i)
        f(EventRef{team_stream(entry.team), EventKind::kPuzzleUnlocked, i});
      break;
    case EntryKind::kDistrictOpened: f(EventRef{kHuntStream, EventKind::kDistrictOpened, 0}); break;
    case EntryKind::kDistrictClosed: f(EventRef{kHuntStream, EventKind::kDistrictClosed, 0}); break;
    case EntryKind::kAnnounced: f(EventRef{kHuntStream, EventKind::kAnnouncement, 0}); break;
    case EntryKind::kRescored:
      if (entry.verdict != Verdict::kCorrect) {
        f(EventRef{team_stream(entry.team), EventKind::kPointsAwarded, 0});
        break;
      }
      f(EventRef{team_stream(entry.team), EventKind::kPuzzleSolved, 0});
      if (!entry.withheld) f(EventRef{kHuntStream, EventKind::kTeamSolved, 0});
      break;
    case EntryKind::kNone:
    case EntryKind::kCheckedIn:
    case EntryKind::kNothingChanged: break;
  }
}

}  // namespace cairn::actors
