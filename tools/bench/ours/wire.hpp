// How the benchmark's events stand in cells: one cell each, the payload named by its place among the interned texts.
#pragma once

#include <cstdint>

#include "bus/cell.hpp"
#include "tools/bench/peers/harness/actors.hpp"

namespace cairn::bench {

enum class Kind : std::uint16_t { kToDistrict = 1, kToTeam };

inline void write(const Event& event, const workload::Schedule& schedule, bus::Head& head) {
  head.kind = static_cast<std::uint16_t>(event.to_team != 0 ? Kind::kToTeam : Kind::kToDistrict);
  head.flags = static_cast<std::uint8_t>(event.flags);
  head.source = event.team;
  head.target = event.district;
  head.sequence = event.sequence;
  head.intended_ns = event.intended_ns;
  head.operands[0] = static_cast<std::uint64_t>(event.text - schedule.text_bytes.data());
}

inline Event read(const bus::Head& head, const workload::Schedule& schedule) {
  return {.intended_ns = head.intended_ns,
          .text = schedule.text_bytes.data() + head.operands[0],
          .sequence = static_cast<std::uint32_t>(head.sequence),
          .team = head.source,
          .district = static_cast<std::uint16_t>(head.target),
          .flags = head.flags,
          .to_team = static_cast<Kind>(head.kind) == Kind::kToTeam ? 1U : 0U};
}

}  // namespace cairn::bench
