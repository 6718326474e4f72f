// The CAF actor that plays a Role: typed messages reach the role from the rings, ordinary CAF messages ask about it.
//
// Owner: CAF; its home Shard holds a strong reference. Threads: the home core's loop.
#pragma once

#include <memory>
#include <string>

#include "actors/messages/ids.hpp"
#include "actors/role.hpp"
#include "actors/runtime/hot.hpp"

namespace cairn::actors {

// An ordinary CAF request that any actor may send to any district, puzzle or team: answered with Role::describe().
using describe_atom = caf::atom_constant<caf::atom("describe")>;

class RoleActor final : public hot<> {
 public:
  RoleActor(caf::actor_config& config, Home& home, ActorId self, std::unique_ptr<Role> role)
      : hot<>(config, home), self_(self), role_(std::move(role)) {}

  [[nodiscard]] ActorId actor() const { return self_; }
  [[nodiscard]] Role& role() { return *role_; }
  [[nodiscard]] const char* name() const override { return "cairn.role"; }

 private:
  caf::behavior make_behavior() override {
    return {[this](describe_atom) { return role_->describe(); }};
  }

  const ActorId self_;
  const std::unique_ptr<Role> role_;
};

}  // namespace cairn::actors
