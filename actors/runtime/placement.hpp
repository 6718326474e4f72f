// Which core is whose home. A puzzle lives with its district, so that their messages stay on one core; teams are dealt
// out; hunt and scoreboard live on the first core.
//
// Owner: a copy in each Shard. Threads: any; it never changes.
#pragma once

#include <cstddef>
#include <memory>

#include "actors/messages/ids.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class Placement {
 public:
  Placement(std::shared_ptr<const config::Hunt> hunt, std::size_t cores)
      : hunt_(std::move(hunt)), cores_(cores) {}

  [[nodiscard]] std::size_t core_of(ActorId actor) const {
    switch (kind_of(actor)) {
      case ActorKind::kDistrict:
      case ActorKind::kTeam: return index_of(actor) % cores_;
      case ActorKind::kPuzzle: return index(hunt_->puzzles[index_of(actor)].district) % cores_;
      default: return 0;
    }
  }

 private:
  std::shared_ptr<const config::Hunt> hunt_;
  std::size_t cores_;
};

}  // namespace cairn::actors
