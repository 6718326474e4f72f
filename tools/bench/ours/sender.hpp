// Sends what is due of the schedule through an outlet: a core's own from its loop, as our sockets do, or a lane from a
// thread that is no core.
//
// Owner and threads: whoever sends. Bounds: kSendsPerTurn a call. When full: what found no room stays due, and its latency
// goes on growing.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bus/outlet.hpp"
#include "tools/bench/ours/wire.hpp"
#include "tools/bench/peers/harness/producer.hpp"
#include "tools/bench/peers/harness/progress.hpp"

namespace cairn::bench {

class Sender {
 public:
  static constexpr std::size_t kSendsPerTurn = 256;

  Sender(const workload::Schedule& schedule, const Wire& wire, Progress& progress, std::size_t index,
         std::size_t producers, std::size_t cores)
      : wire_(wire),
        producer_(schedule, progress, index, producers),
        progress_(progress),
        slot_(kMergedSlots + index),
        cores_(cores) {}

  void start(std::int64_t start_ns) { producer_.start(start_ns); }
  // Returns how many were sent or merged; the caller flushes.
  std::size_t send_due(bus::Outlet& out, std::int64_t now_ns) {
    const std::uint64_t merged_before = out.pressure()[bus::Priority::kNormal].merged;
    const std::size_t sent =
        producer_.send_due(now_ns, kSendsPerTurn, [&](const Event& event) { return send(out, event); });
    const std::uint64_t merged = out.pressure()[bus::Priority::kNormal].merged;
    // A merged trigger is dealt with: the run does not wait for it.
    if (merged != merged_before) progress_.set(slot_, merged, 0);
    return sent;
  }
  [[nodiscard]] bool done() const { return producer_.done(); }
  [[nodiscard]] std::int64_t next_due_ns() const { return producer_.next_due_ns(); }

 private:
  // Slots of Progress: the cores' own come first.
  static constexpr std::size_t kMergedSlots = Progress::kSlots / 2;

  // The opening that 8,000 ask for at once is one piece of work, however often it is asked for; an event is never merged.
  bool send(bus::Outlet& out, const Event& event) const {
    const std::size_t core = workload::core_of(event.district, cores_);
    if ((event.flags & workload::kTrigger) != 0) {
      bus::Head item;
      wire_.write(event, item, {});
      return out.merge(core, item);
    }
    bus::Claim claim = out.claim(core, bus::Priority::kVital, wire_.inline_bytes());
    if (!claim) return false;
    wire_.write(event, claim.head(), claim.bytes());
    out.publish(core, bus::Priority::kVital, std::move(claim));
    return true;
  }

  const Wire wire_;
  Producer producer_;
  Progress& progress_;
  const std::size_t slot_;
  const std::size_t cores_;
};

}  // namespace cairn::bench
