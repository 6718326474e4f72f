// What every C++ peer shares of the work: an event on its way, an actor's state, the latencies that were
// seen.
//
// Owner: whoever runs the actor. Threads: one at a time per object. Bounds: as many samples as the schedule
// has events.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "tools/bench/workload/schedule.hpp"
#include "tools/bench/workload/work.hpp"

namespace cairn::bench {

[[nodiscard]] inline std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// The payload is static text and so travels by its address: the best that C++ programs do.
struct Event {
  std::int64_t intended_ns = 0;  // steady clock
  const std::byte* text = nullptr;
  std::uint32_t sequence = 0;
  std::uint32_t team = 0;
  std::uint16_t district = 0;
  std::uint16_t flags = 0;
  std::uint32_t to_team = 0;  // 1: this is a follow-up
};

struct alignas(64) ActorState {
  std::uint64_t events = 0;
  std::uint64_t last_sequence = 0;
  std::uint64_t checksum = 0;
  std::uint64_t trigger_checksum = 0;

  void touch(const Event& event, std::uint64_t actor) {
    ++events;
    last_sequence = event.sequence;
    const std::uint64_t added =
        workload::contribution({event.text, workload::kReadBytes}, event.sequence, actor);
    ((event.flags & workload::kTrigger) != 0 ? trigger_checksum : checksum) += added;
  }
};

// Latencies as they come, in an array of the handler's own, so that recording shares no line with anybody.
class Samples {
 public:
  struct Sample {
    std::uint32_t sequence;
    std::uint32_t latency;  // in units of kUnitNs
  };
  static constexpr std::int64_t kUnitNs = 10;

  // Every page is touched now rather than while something is measured.
  void reserve(std::size_t samples) { samples_.resize(samples); }
  void record(std::uint32_t sequence, std::int64_t latency_ns) {
    const std::int64_t units = latency_ns / kUnitNs;
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    samples_[count_++] = {sequence, static_cast<std::uint32_t>(units < 0       ? 0
                                                               : units > kMost ? kMost
                                                                               : units)};
  }
  [[nodiscard]] std::span<const Sample> recorded() const { return std::span{samples_}.first(count_); }
  [[nodiscard]] std::size_t bytes() const { return samples_.size() * sizeof(Sample); }

 private:
  std::vector<Sample> samples_;
  std::size_t count_ = 0;
};

// What one core has handled: how many of each, and how long each was on its way.
class Account {
 public:
  Account(const workload::Schedule& schedule, std::size_t core, std::size_t cores) : schedule_(schedule) {
    if (schedule.closed_loop()) return;
    std::size_t mine = 0;
    for (std::size_t i = schedule.warm_events; i < schedule.records.size(); ++i)
      mine += workload::core_of(schedule.records[i].district, cores) == core ? 1 : 0;
    samples_.reserve(mine);
  }

  // When the handler has done everything with it.
  void handled(const Event& event) {
    if (event.to_team != 0) {
      ++sums_.follow_ups;
      return;
    }
    ++((event.flags & workload::kTrigger) != 0 ? sums_.triggers : sums_.events);
    if (!schedule_.closed_loop() && event.sequence >= schedule_.warm_events)
      samples_.record(event.sequence, now_ns() - event.intended_ns);
  }

  [[nodiscard]] std::uint64_t district_events() const { return sums_.events + sums_.triggers; }
  [[nodiscard]] std::uint64_t follow_ups() const { return sums_.follow_ups; }
  [[nodiscard]] const workload::Sums& counts() const { return sums_; }
  // When everything was handled.
  [[nodiscard]] Samples take_samples() { return std::move(samples_); }

 private:
  const workload::Schedule& schedule_;
  workload::Sums sums_;
  Samples samples_;
};

inline void add_checksums(workload::Sums& sums, const ActorState& state) {
  sums.checksum += state.checksum;
  sums.trigger_checksum += state.trigger_checksum;
}

// The actors of one core, run by its loop alone.
class Shard {
 public:
  Shard(const workload::Schedule& schedule, std::size_t core, std::size_t cores)
      : schedule_(schedule),
        cores_(cores),
        districts_(schedule.districts / cores + 1),
        teams_(schedule.teams / cores + 1),
        account_(schedule, core, cores) {}

  // `follow_up(event)` sends it on to the team's core.
  template <class FollowUp>
  void handle(const Event& event, FollowUp&& follow_up) {
    if (event.to_team != 0) {
      teams_[event.team / cores_].touch(event, std::uint64_t{schedule_.districts} + event.team);
    } else {
      districts_[event.district / cores_].touch(event, event.district);
      if ((event.flags & workload::kFollowUp) != 0) {
        Event onward = event;
        onward.to_team = 1;
        follow_up(onward);
      }
    }
    account_.handled(event);
  }

  [[nodiscard]] std::uint64_t district_events() const { return account_.district_events(); }
  [[nodiscard]] std::uint64_t follow_ups() const { return account_.follow_ups(); }
  // To be asked when the loop has ended.
  [[nodiscard]] workload::Sums sums() const {
    workload::Sums sums = account_.counts();
    for (const auto* states : {&districts_, &teams_})
      for (const ActorState& state : *states) add_checksums(sums, state);
    return sums;
  }
  [[nodiscard]] Samples take_samples() { return account_.take_samples(); }

 private:
  const workload::Schedule& schedule_;
  const std::size_t cores_;
  std::vector<ActorState> districts_;
  std::vector<ActorState> teams_;
  Account account_;
};

}  // namespace cairn::bench
