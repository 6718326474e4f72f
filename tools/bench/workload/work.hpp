// What an actor does with an event, so small that what is measured is the way to it, and so exact that nobody
// can leave any of it out: it reads 64 bytes of the payload and adds a number that depends on them, the event
// and the actor.
//
// The sums do not depend on the order of events: every program must reach the same ones (expected()).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "tools/bench/workload/schedule.hpp"

namespace cairn::workload {

inline constexpr std::size_t kReadBytes = 64;

// A district is actor `district`, a team is actor `districts + team`.
inline std::uint64_t contribution(std::span<const std::byte> text, std::uint64_t sequence,
                                  std::uint64_t actor) {
  std::uint64_t folded = 0;
  for (std::size_t at = 0; at < kReadBytes; at += sizeof folded) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    folded ^= word;
  }
  return (folded ^ sequence) * (2 * actor + 1);
}

struct Sums {
  std::uint64_t events = 0;      // of districts, without triggers
  std::uint64_t follow_ups = 0;  // of teams
  std::uint64_t triggers = 0;
  std::uint64_t checksum = 0;          // of events and follow-ups
  std::uint64_t trigger_checksum = 0;  // apart, since a bus may merge triggers
  bool operator==(const Sums&) const = default;
  Sums& operator+=(const Sums& other) {
    events += other.events;
    follow_ups += other.follow_ups;
    triggers += other.triggers;
    checksum += other.checksum;
    trigger_checksum += other.trigger_checksum;
    return *this;
  }
};

// What the actors' sums come to when everything was delivered.
[[nodiscard]] inline Sums expected(const Schedule& schedule) {
  Sums sums;
  for (std::uint64_t sequence = 0; sequence < schedule.records.size(); ++sequence) {
    const Record& record = schedule.records[sequence];
    const auto text = schedule.text_of(sequence);
    const std::uint64_t added = contribution(text, sequence, record.district);
    if ((record.flags & kTrigger) != 0) {
      ++sums.triggers;
      sums.trigger_checksum += added;
      continue;
    }
    ++sums.events;
    sums.checksum += added;
    if ((record.flags & kFollowUp) == 0) continue;
    ++sums.follow_ups;
    sums.checksum += contribution(text, sequence, std::uint64_t{schedule.districts} + record.team);
  }
  return sums;
}

}  // namespace cairn::workload
