// A hunt as its journal tells it, and nothing else: every role, the names, hunt time and the remembered replies, folded
// from committed entries without cores, rings or CAF. What checkpoints are made of, and what a live house is compared
// with: after the same entries both write the same bytes.
//
// Owner: whoever folds. Threads: one at a time. Bounds: as those of its roles.
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>

#include "actors/messages/entry.hpp"
#include "actors/messages/ids.hpp"
#include "actors/role.hpp"
#include "actors/runtime/hunt_clock.hpp"
#include "actors/runtime/request_memory.hpp"
#include "actors/world.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

// What all cores hold alike, as one part; then each role as one, in the order of their ids, behind how many teams there
// are. A shard reads the roles that live with it and passes the others by.
void save_shared(const World& world, const HuntClock& clock, const RequestMemory& requests, StateWriter& out);
void load_shared(World& world, HuntClock& clock, RequestMemory& requests, StateReader& in,
                 std::int64_t played_ns);
void save_roles(const config::Hunt& hunt, std::size_t teams,
                const std::function<const Role&(ActorId)>& role_of, StateWriter& out);
// role_of: null for one that lives elsewhere. Called once for each, the teams' as the others.
void load_roles(const config::Hunt& hunt, const std::function<Role*(ActorId)>& role_of, StateReader& in);

class FoldedHunt {
 public:
  explicit FoldedHunt(std::shared_ptr<const config::Hunt> hunt);

  void fold(const Entry& entry);
  [[nodiscard]] Role& role(ActorId actor) { return *roles_.at(actor); }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] std::size_t teams() const { return teams_; }

  void save(StateWriter& out) const;
  void load(StateReader& in);

 private:
  void make(ActorId actor);

  const std::shared_ptr<const config::Hunt> hunt_;
  World world_;
  HuntClock clock_;
  RequestMemory requests_;
  std::size_t teams_ = 0;
  std::unordered_map<ActorId, std::unique_ptr<Role>> roles_;
};

}  // namespace cairn::actors
