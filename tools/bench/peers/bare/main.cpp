// The limit: the bus's own rings and wake-up with nothing around them, one ring per sender and core.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include "bus/event_count.hpp"
#include "bus/poller.hpp"
#include "bus/ring.hpp"
#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/run.hpp"

namespace {

using cairn::bench::Event;
namespace bus = cairn::bus;

class Rings {
 public:
  Rings(std::size_t senders, std::size_t cores) : cores_(cores), wakes_(cores) {
    for (std::size_t i = 0; i < senders * cores; ++i) {
      bus::Ring& ring = *rings_.emplace_back(std::make_unique<bus::Ring>(kCells));
      producers_.push_back(&ring.producer());
      consumers_.push_back(&ring.consumer());
    }
  }

  bool send(std::size_t sender, std::size_t core, const Event& event) {
    bus::Producer& to = *producers_[sender * cores_ + core];
    bus::Claim claim = to.claim(0);
    if (!claim) return false;
    bus::Head& head = claim.head();
    head.kind = event.to_team != 0 ? kToTeam : kToDistrict;
    head.flags = static_cast<std::uint8_t>(event.flags);
    head.source = event.team;
    head.target = event.district;
    head.sequence = event.sequence;
    head.intended_ns = event.intended_ns;
    head.operands[0] = reinterpret_cast<std::uintptr_t>(event.text);
    to.publish(std::move(claim));
    return true;
  }

  void flush(std::size_t sender) {
    for (std::size_t core = 0; core < cores_; ++core)
      if (producers_[sender * cores_ + core]->flush() && core != sender) wakes_[core].notify();
  }

  template <class F>
  std::size_t drain(std::size_t core, std::size_t most, F&& f) {
    std::size_t drained = 0;
    for (std::size_t at = core; at < consumers_.size(); at += cores_)
      drained += consumers_[at]->consume_to(consumers_[at]->published(), most, [&](const bus::Message& message) {
        const bus::Head& head = message.head();
        f(Event{.intended_ns = head.intended_ns,
                .text = reinterpret_cast<const std::byte*>(head.operands[0]),
                .sequence = static_cast<std::uint32_t>(head.sequence),
                .team = head.source,
                .district = static_cast<std::uint16_t>(head.target),
                .flags = head.flags,
                .to_team = head.kind == kToTeam ? 1U : 0U});
        return true;
      });
    return drained;
  }

  void park(std::size_t core, std::int64_t until_ns) {
    const auto is_empty = [&] {
      for (std::size_t at = core; at < consumers_.size(); at += cores_)
        if (!consumers_[at]->empty()) return false;
      return true;
    };
    wakes_[core].park(is_empty, [&](int wake_fd) {
      bus::FdPoller{}.park(wake_fd, std::max<std::int64_t>(0, until_ns - cairn::bench::now_ns()));
    });
  }

  void wake(std::size_t core) { wakes_[core].notify(); }

 private:
  static constexpr std::size_t kCells = 32 * 1024;
  static constexpr std::uint16_t kToDistrict = 1;
  static constexpr std::uint16_t kToTeam = 2;

  const std::size_t cores_;
  std::vector<std::unique_ptr<bus::Ring>> rings_;
  std::vector<bus::Producer*> producers_;
  std::vector<bus::Consumer*> consumers_;
  std::vector<bus::EventCount> wakes_;
};

// The same rings, looked at in a fixed rhythm: what pacing by sleep costs.
class SleepingRings : public Rings {
 public:
  using Rings::Rings;
  void park(std::size_t, std::int64_t) { cairn::bench::sleep_until(cairn::bench::now_ns() + kPace_ns); }

 private:
  static constexpr std::int64_t kPace_ns = 100'000;
};

template <class Transport>
cairn::bench::Run run_over(const cairn::workload::Schedule& schedule, const cairn::bench::Options& options,
                           std::int64_t spin_ns) {
  return cairn::bench::QueuePerCore<Transport>{schedule, options.inside, options.cores, spin_ns}.run();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cairn::bench;
  const Options options = parse_options(argc, argv, "spin-20us spin-always park-at-once sleep-100us");
  const auto schedule = cairn::workload::load(options.schedule);
  const std::int64_t spin_ns = options.variant == "spin-20us"     ? 20'000
                               : options.variant == "spin-always" ? kSpinAlways
                                                                  : 0;
  Run run = options.variant == "sleep-100us" ? run_over<SleepingRings>(schedule, options, 0)
                                             : run_over<Rings>(schedule, options, spin_ns);
  run.program = "bare";
  run.variant = options.variant;
  std::puts(to_json(schedule, run).c_str());
}
