// Which actors there are, and which of them fold an entry: the same for the shards, whose actors live on cores, and for a
// FoldedHunt, which has none.
//
// Threads: any; nothing is kept.
#pragma once

#include <memory>
#include <utility>

#include "actors/messages/entry.hpp"
#include "actors/role.hpp"
#include "actors/world.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

// The role of an actor, new. `world` outlives it.
[[nodiscard]] std::unique_ptr<Role> make_role(ActorId actor, const std::shared_ptr<const config::Hunt>& hunt,
                                              const World& world);

// Who folds an entry: those whose truth it is or who act on it.
template <class F>
void for_each_folder(const Entry& entry, F&& f) {
  const auto one = [&](ActorKind kind, std::size_t i) { f(actor_id(kind, i)); };
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: f(kHuntActor); break;
    case EntryKind::kDistrictOpened:
    case EntryKind::kDistrictClosed:
      f(kHuntActor);
      one(ActorKind::kDistrict, index(entry.district));
      break;
    case EntryKind::kTeamCreated:
      f(kHuntActor);
      f(kScoreboardActor);
      one(ActorKind::kTeam, index(entry.team));
      break;
    case EntryKind::kGuessDecided:
    case EntryKind::kRescored:
      f(kHuntActor);
      f(kScoreboardActor);
      one(ActorKind::kDistrict, index(entry.district));
      one(ActorKind::kPuzzle, index(entry.puzzle));
      one(ActorKind::kTeam, index(entry.team));
      break;
    case EntryKind::kClueDiscovered:
    case EntryKind::kCheckedIn:
      one(ActorKind::kDistrict, index(entry.district));
      one(ActorKind::kPuzzle, index(entry.puzzle));
      break;
    case EntryKind::kPlayerJoined:
    case EntryKind::kPlayerRecovered:
    case EntryKind::kHintGranted: one(ActorKind::kTeam, index(entry.team)); break;
    case EntryKind::kPuzzlesUnlocked:
      one(ActorKind::kTeam, index(entry.team));
      for (std::size_t i = 0; i < entry.unlocked.count; ++i)
        one(ActorKind::kPuzzle, index(entry.unlocked[i]));
      break;
    case EntryKind::kNone:
    case EntryKind::kAnnounced:
    case EntryKind::kNothingChanged: break;
  }
}

}  // namespace cairn::actors
