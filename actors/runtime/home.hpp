// The home of hot actors: what they need of the core they live on.
//
// Owner: a Shard. Threads: context() and died() on the core's loop; push() from any thread.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/execution_unit.hpp>
#include <caf/resumable.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include "bus/mailbox.hpp"

namespace cairn::actors {

// What a hot actor starts or unblocks during its turn goes to CAF's own scheduler.
class ColdUnit final : public caf::execution_unit {
 public:
  explicit ColdUnit(caf::actor_system& system) : caf::execution_unit(&system) {}
  void exec_later(caf::resumable* started) override { system().scheduler().enqueue(started); }
};

class Home {
 public:
  virtual ~Home() = default;
  // Puts a turn of an actor on the core's list and wakes the core.
  virtual void push(bus::Job& turn) noexcept = 0;
  // The execution unit in which an actor's turn runs: what it starts or unblocks goes to CAF's own scheduler.
  [[nodiscard]] virtual caf::execution_unit& context() noexcept = 0;
  // Whether the calling thread is this core's loop; asserted on every turn.
  [[nodiscard]] virtual bool is_here() const noexcept = 0;
};

}  // namespace cairn::actors
