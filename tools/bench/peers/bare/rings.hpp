// The bus's own rings and wake-up with nothing around them, one ring per sender and core: a Transport of
// harness/run.hpp.
//
// Owner: QueuePerCore. Threads: a sender each, a core each. Bounds: `cells` a ring. When full: send()
// refuses.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "bus/event_count.hpp"
#include "bus/poller.hpp"
#include "bus/ring.hpp"
#include "tools/bench/peers/harness/actors.hpp"

namespace cairn::bench {

template <std::size_t kCells>
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
      bus::FdPoller{}.park(wake_fd, std::max<std::int64_t>(0, until_ns - now_ns()));
    });
  }

  void wake(std::size_t core) { wakes_[core].notify(); }

 private:
  static constexpr std::uint16_t kToDistrict = 1;
  static constexpr std::uint16_t kToTeam = 2;

  const std::size_t cores_;
  std::vector<std::unique_ptr<bus::Ring>> rings_;
  std::vector<bus::Producer*> producers_;
  std::vector<bus::Consumer*> consumers_;
  std::vector<bus::EventCount> wakes_;
};

}  // namespace cairn::bench
