// The actors of one core, by their ids: what the home knows of each beside the actor itself.
//
// Owner: a Shard. Threads: its core's. Bounds: a slot for each actor that the hunt and its admission allow.
#pragma once

#include <array>

#include <caf/actor_control_block.hpp>
#include <cstdint>
#include <vector>

#include "actors/messages/ids.hpp"
#include "actors/runtime/role_actor.hpp"

namespace cairn::actors {

struct Slot {
  caf::strong_actor_ptr reference;  // keeps `actor` alive
  RoleActor* actor = nullptr;       // null: not of this core, or not yet made
  std::uint32_t own_pending = 0;    // own decisions, already folded, whose entries are not committed yet
  std::uint16_t deaths = 0;
  bool dirty = false;                          // in the list of those who may have something to react to
  bool recovering = false;                     // dead, or reading back what it folds
  bool given_up = false;                       // died too often
  std::vector<std::vector<std::byte>> parked;  // commands that came meanwhile, as they stand in a ring
};

class Slots {
 public:
  Slots(std::size_t districts, std::size_t puzzles, std::size_t teams_max) {
    of(ActorKind::kHunt).resize(1);
    of(ActorKind::kScoreboard).resize(1);
    of(ActorKind::kDistrict).resize(districts);
    of(ActorKind::kPuzzle).resize(puzzles);
    of(ActorKind::kTeam).resize(teams_max);
  }

  [[nodiscard]] Slot& operator[](ActorId id) { return of(kind_of(id)).at(index_of(id)); }
  [[nodiscard]] const Slot& operator[](ActorId id) const {
    return slots_.at(static_cast<std::size_t>(kind_of(id))).at(index_of(id));
  }
  [[nodiscard]] std::vector<Slot>& of(ActorKind kind) { return slots_.at(static_cast<std::size_t>(kind)); }

  // Calls f(ActorId, Slot&) for every actor there is.
  template <class F>
  void for_each(F&& f) {
    for (std::size_t kind = 0; kind < slots_.size(); ++kind)
      for (std::size_t i = 0; i < slots_[kind].size(); ++i)
        if (slots_[kind][i].actor != nullptr) f(actor_id(static_cast<ActorKind>(kind), i), slots_[kind][i]);
  }

 private:
  std::array<std::vector<Slot>, 6> slots_;
};

}  // namespace cairn::actors
