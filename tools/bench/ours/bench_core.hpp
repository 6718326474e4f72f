// What lives on a core in the benchmark: districts and teams, their follow-ups, and the account of what was handled. The
// loop, its queues and its ways are the bus's own.
//
// Owner: the runner. Threads: the core's loop. Bounds: follow-ups that found no room wait in an outbox, sent in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

#include "bus/core.hpp"
#include "tools/bench/ours/heap.hpp"
#include "tools/bench/ours/wire.hpp"
#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/progress.hpp"

namespace cairn::bench {

template <class Actors>
class BenchCore final : public bus::CoreHandler {
 public:
  BenchCore(const workload::Schedule& schedule, const Wire& wire, Progress& progress, std::size_t core,
            std::size_t cores, std::unique_ptr<Actors> actors)
      : schedule_(schedule),
        wire_(wire),
        progress_(progress),
        index_(core),
        cores_(cores),
        account_(schedule, core, cores),
        actors_(std::move(actors)) {}

  // One run queue for each district here, and one for teams.
  static std::size_t queues(const workload::Schedule& schedule, std::size_t cores) {
    return schedule.districts / cores + 2;
  }

  void attach(bus::Core& core) {
    core_ = &core;
    core.attach(*this);
    actors_->attach(core);
  }
  void enter() { actors_->enter(); }
  // When the loop has ended. The sums of this core.
  workload::Sums end() {
    workload::Sums sums = account_.counts();
    actors_->for_each_state([&](const ActorState& state) { add_checksums(sums, state); });
    actors_->end();
    return sums;
  }
  [[nodiscard]] Samples take_samples() { return account_.take_samples(); }

  // --- bus::CoreHandler ---
  void on_committed(const bus::Message& /*message*/) override {}
  bool on_folded() override { return false; }
  std::size_t queue_of(const bus::Message& message) override {
    const bus::Head& head = message.head();
    return static_cast<Kind>(head.kind) == Kind::kToTeam ? schedule_.districts / cores_ + 1
                                                         : head.target / cores_;
  }
  bool on_message(const bus::Message& message) override {
    const Event event = wire_.read(message);
    actors_->touch(event);
    if (event.to_team == 0 && (event.flags & workload::kFollowUp) != 0) {
      Event onward = event;
      onward.to_team = 1;
      if (!outbox_.empty() || !send(onward)) outbox_.push_back(wire_.interned(onward));
    }
    account_.handled(event);
    is_changed_ = true;
    return true;
  }
  bool on_idle_work() override {
    for (; !outbox_.empty() && send(outbox_.front()); outbox_.pop_front()) {
    }
    if (std::exchange(is_changed_, false)) {
      progress_.set(index_, account_.district_events(), account_.follow_ups());
      note_heap(index_);
    }
    return false;
  }
  std::int64_t park_ns_max() override { return kParkNsMax; }

 private:
  static constexpr std::int64_t kParkNsMax = 50'000'000;

  bool send(const Event& event) {
    const std::size_t core = workload::core_of(event.team, cores_);
    bus::Claim claim = core_->out().claim(core, bus::Priority::kVital, wire_.inline_bytes());
    if (!claim) return false;
    wire_.write(event, claim.head(), claim.bytes());
    core_->out().publish(core, bus::Priority::kVital, std::move(claim));
    return true;
  }

  const workload::Schedule& schedule_;
  const Wire wire_;
  Progress& progress_;
  const std::size_t index_;
  const std::size_t cores_;
  Account account_;
  const std::unique_ptr<Actors> actors_;
  bus::Core* core_ = nullptr;
  std::deque<Event> outbox_;
  bool is_changed_ = false;
};

}  // namespace cairn::bench
