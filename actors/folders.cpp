#include "actors/folders.hpp"

#include "actors/district.hpp"
#include "actors/hunt.hpp"
#include "actors/puzzle.hpp"
#include "actors/scoreboard.hpp"
#include "actors/team.hpp"

namespace cairn::actors {

std::unique_ptr<Role> make_role(ActorId actor, const std::shared_ptr<const config::Hunt>& hunt,
                                const World& world) {
  const auto i = static_cast<std::uint32_t>(index_of(actor));
  switch (kind_of(actor)) {
    case ActorKind::kHunt: return std::make_unique<Hunt>(hunt);
    case ActorKind::kScoreboard: return std::make_unique<Scoreboard>(hunt);
    case ActorKind::kDistrict: return std::make_unique<District>(hunt, DistrictIndex{i});
    case ActorKind::kPuzzle: return std::make_unique<Puzzle>(hunt, PuzzleIndex{i}, world);
    case ActorKind::kTeam: return std::make_unique<Team>(hunt, TeamIndex{i}, world);
    case ActorKind::kNone: break;
  }
  CAIRN_ASSERT(false);
  return nullptr;
}

}  // namespace cairn::actors
