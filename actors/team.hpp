// A team: its members, what it has unlocked, and its purse. Decides who joins and which hints are bought; unlocks
// puzzles as its own solves, points and the opened districts allow.
//
// Owner: its RoleActor. Threads: its home core's. Bounds: kMemberSlots members; allocates when it is made, never later.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "actors/role.hpp"
#include "actors/world.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class Team final : public Role {
 public:
  Team(std::shared_ptr<const config::Hunt> hunt, TeamIndex self, const World& world);

  void decide(const Command& command, Emitter& emitter) override;
  void fold(const Entry& entry) override;
  bool react(Emitter& emitter) override;
  void save(StateWriter& out) const override;
  void load(StateReader& in) override;
  [[nodiscard]] std::string describe() const override;

 private:
  // Of one puzzle.
  struct PuzzleState {
    bool unlocked = false;
    bool solved = false;
    std::uint8_t hints = 0;  // bought, in sequence
  };
  class Facts;

  void decide_hint(const Command& command, Emitter& emitter);
  void decide_join(const Command& command, Emitter& emitter);
  void decide_recovery(const Command& command, Emitter& emitter);

  const std::shared_ptr<const config::Hunt> hunt_;
  const TeamIndex self_;
  const World& world_;
  std::uint32_t members_ = 0;
  std::int64_t earned_ = 0;
  std::int64_t spent_ = 0;
  std::uint64_t solved_at_ = 0;  // sequence of the team's last solve
  std::vector<PuzzleState> puzzles_;
};

}  // namespace cairn::actors
