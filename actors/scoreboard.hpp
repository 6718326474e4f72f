// The scoreboard: ranks the teams as their solves are committed, and says when there is a new board to show.
//
// Owner: its RoleActor. Threads: its home core's. Bounds: the hunt's teams_max.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "actors/messages/notice.hpp"
#include "actors/messages/standings.hpp"
#include "actors/role.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class Scoreboard final : public Role {
 public:
  static constexpr std::int64_t kNoticeEveryNs = 1'000'000'000;

  explicit Scoreboard(const std::shared_ptr<const config::Hunt>& hunt) : standings_(hunt->teams_max) {}

  void decide(const Command& command, Emitter& emitter) override;
  void fold(const Entry& entry) override;
  void save(StateWriter& out) const override;
  void load(StateReader& in) override;
  [[nodiscard]] std::string describe() const override;

  // The newest board, if it changed since the last one taken and that was at least a second ago.
  [[nodiscard]] std::optional<Notice> take_notice(std::int64_t now_ns);

 private:
  Standings standings_;
  std::uint64_t changed_at_ = 0;  // sequence
  std::uint64_t told_ = 0;        // sequence
  std::int64_t told_ns_ = 0;
};

}  // namespace cairn::actors
