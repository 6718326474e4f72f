// The hunt: whether it runs, which districts are open, and which teams there are. The only emitter of hunt_state_changed,
// district_opened and district_closed.
//
// A district opens by its rule, by its time or by an operator. By rule or time it opens once: a district that an
// operator has closed again stays closed until an operator opens it.
//
// Owner: its RoleActor. Threads: its home core's. Bounds: the hunt's teams_max.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "actors/messages/standings.hpp"
#include "actors/role.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

// While nothing else is journaled, hunt time is noted this often: what a crash takes back at most.
inline constexpr std::int64_t kTimeNotedEveryMs = 5'000;

class Hunt final : public Role {
 public:
  explicit Hunt(std::shared_ptr<const config::Hunt> hunt);

  void decide(const Command& command, Emitter& emitter) override;
  void fold(const Entry& entry) override;
  void confirm(const Entry& entry) override;
  bool react(Emitter& emitter) override;
  void save(StateWriter& out) const override;
  void load(StateReader& in) override;
  [[nodiscard]] std::string describe() const override;

 private:
  struct DistrictState {
    bool open = false;
    bool ever_opened = false;
  };
  class Facts;

  void decide_team(const Command& command, Emitter& emitter);
  void decide_district(const Command& command, Emitter& emitter);
  void decide_state(const Command& command, Emitter& emitter);
  void decide_announcement(const Command& command, Emitter& emitter);
  void note_time(Emitter& emitter) const;
  [[nodiscard]] std::optional<HuntState> state_due(std::int64_t wall_ms) const;
  [[nodiscard]] bool due(const config::District& district, const Emitter& now) const;

  const std::shared_ptr<const config::Hunt> hunt_;
  HuntState state_ = HuntState::kNotStarted;
  std::int64_t noted_hunt_ms_ = 0;  // in the journal, or on its way there
  std::uint64_t cause_ = 0;         // sequence of the last entry that may open something
  std::vector<DistrictState> districts_;
  std::vector<bool> solved_;  // by any team
  Standings standings_;
  std::unordered_set<std::string> names_;
};

}  // namespace cairn::actors
