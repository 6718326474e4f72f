// A district: what is inside it. It follows the hunt's openings and counts what happens in its bounds; whether it is
// open, the hunt actor decides.
//
// Owner: its RoleActor. Threads: its home core's. Bounds: none beyond its own members.
#pragma once

#include <cstdint>
#include <memory>

#include "actors/role.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class District final : public Role {
 public:
  District(std::shared_ptr<const config::Hunt> hunt, DistrictIndex self);

  void decide(const Command& command, Emitter& emitter) override;
  void fold(const Entry& entry) override;
  void save(StateWriter& out) const override;
  void load(StateReader& in) override;
  [[nodiscard]] std::string describe() const override;

 private:
  const std::shared_ptr<const config::Hunt> hunt_;
  const DistrictIndex self_;
  bool open_ = false;
  std::uint32_t openings_ = 0;
  std::uint32_t solves_ = 0;
  std::uint32_t wrong_guesses_ = 0;
  std::uint32_t check_ins_ = 0;
};

}  // namespace cairn::actors
