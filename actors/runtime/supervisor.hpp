// The supervisor: an ordinary CAF actor on CAF's own scheduler that monitors every hot actor and has those that died of
// a fault started again at home.
//
// Owner: the actor system. Threads: CAF's. Bounds: kRestartsMax for each actor; then it stays away and its commands are
// answered `internal`.
#pragma once

#include <caf/all.hpp>
#include <functional>

#include "actors/messages/ids.hpp"
#include "actors/runtime/home.hpp"
#include "bus/tell.hpp"

namespace cairn::actors {

inline constexpr std::uint16_t kRestartsMax = 8;

using watch_atom = caf::atom_constant<caf::atom("watch")>;

// Where a restart is asked for: the home of the dead actor. May be called from any thread.
class RestartPort {
 public:
  virtual ~RestartPort() = default;
  virtual void restart_later(ActorId actor) = 0;
};

// Sends the supervisor of `system`'s hunt who is to be watched.
void watch(const caf::actor& supervisor, const caf::actor& hot_actor, ActorId id);

// tell: of each death; called on CAF's thread.
caf::actor spawn_supervisor(caf::actor_system& system, std::function<RestartPort&(ActorId)> home_of,
                            bus::Tell tell);

}  // namespace cairn::actors
