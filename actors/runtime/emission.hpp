// One decision on its way to the journal: what a role emits while it handles one command or reacts once.
//
// Owner: the Shard, on its stack. Threads: its core's. Bounds: one entry or one answer, for which the core has made sure
// of room in the journal's ring.
#pragma once

#include <span>

#include "actors/role.hpp"
#include "actors/runtime/request_memory.hpp"
#include "actors/runtime/slots.hpp"
#include "bus/core.hpp"

namespace cairn::actors {

class Emission final : public Emitter {
 public:
  // `command` is null for a reaction.
  Emission(bus::Core& core, ActorId decider, Slot& slot, RequestMemory& requests,
           std::span<std::byte> scratch, std::int64_t hunt_ms, std::uint64_t folded, const Command* command);

  void emit(Entry entry) override;
  void answer(const Reply& reply) override;
  [[nodiscard]] bool used() const { return used_; }

  // A reply that no role gives: known from before, or a refusal. Through the journal like any other.
  static void pass_answer(bus::Core& core, const Command& command, const Reply& reply);

 private:
  bus::Core& core_;
  const ActorId decider_;
  Slot& slot_;
  RequestMemory& requests_;
  const std::span<std::byte> scratch_;
  const std::uint64_t folded_;
  const Command* const command_;
  bool used_ = false;
};

}  // namespace cairn::actors
