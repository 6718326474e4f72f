// Runs the work over our own bus, exactly as a server's cores run: an Exchange, a Core for each processor, and what lives
// there. Inside, the loops send what is due where sockets would be; outside, two threads more send through lanes.
//
// Threads: a loop per core, two senders outside, and the caller, who watches.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "bus/affinity.hpp"
#include "bus/clock.hpp"
#include "bus/core.hpp"
#include "bus/stream/reader_epochs.hpp"
#include "tools/bench/ours/bench_core.hpp"
#include "tools/bench/ours/feed.hpp"
#include "tools/bench/peers/harness/process.hpp"
#include "tools/bench/peers/harness/report.hpp"
#include "tools/bench/peers/harness/watch.hpp"

namespace cairn::bench {

struct RunOptions {
  bool inside = true;
  std::size_t cores = 2;
  std::size_t inline_bytes = 0;  // of each payload, carried in the cells
};

template <class Actors>
class Runner {
 public:
  using MakeActors = std::function<std::unique_ptr<Actors>(std::size_t core)>;

  Runner(const workload::Schedule& schedule, const RunOptions& options, const MakeActors& make_actors)
      : schedule_(schedule),
        options_(options),
        wire_(schedule, options.inline_bytes),
        exchange_(options.cores, options.inside ? 0 : kLanes),
        epochs_(options.cores) {
    for (std::size_t i = 0; i < options.cores; ++i) {
      feeds_.push_back(options.inside ? std::make_unique<Feed>(sender(i, options.cores))
                                      : std::make_unique<Feed>());
      cores_.push_back(std::make_unique<bus::Core>(
          i, exchange_, epochs_, BenchCore<Actors>::queues(schedule, options.cores), clock_, *feeds_[i]));
      tenants_.push_back(
          std::make_unique<BenchCore<Actors>>(schedule, wire_, progress_, i, options.cores, make_actors(i)));
      feeds_[i]->attach(*cores_[i]);
      tenants_[i]->attach(*cores_[i]);
    }
  }

  Run run() {
    const std::int64_t start_ns = now_ns() + kStartDelayNs;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < options_.cores; ++i) {
      feeds_[i]->start(start_ns, schedule_.closed_loop());
      threads.emplace_back([this, i](const std::stop_token& stop) { loop(i, stop); });
    }
    for (std::size_t lane = 0; !options_.inside && lane < kLanes; ++lane)
      threads.emplace_back(
          [this, lane, start_ns](const std::stop_token& stop) { send_outside(lane, start_ns, stop); });
    Run run = watch(schedule_, progress_, start_ns);
    for (std::jthread& thread : threads) thread.request_stop();
    for (const auto& core : cores_) core->wake();
    threads.clear();
    finish(run);
    return run;
  }

 private:
  static constexpr std::size_t kLanes = 2;
  static constexpr std::int64_t kStartDelayNs =
      1'500'000'000;  // long enough to tell how crowded the machine is

  Sender sender(std::size_t index, std::size_t producers) {
    return {schedule_, wire_, progress_, index, producers, options_.cores};
  }

  void loop(std::size_t core, const std::stop_token& stop) {
    tenants_[core]->enter();
    const std::vector<int> processors = bus::processors_given();
    cores_[core]->run(stop, core < processors.size() ? processors[core] : bus::kAnyProcessor);
  }

  // Sleeps until something is due, as long as the kernel likes; sends all of it; sleeps again.
  void send_outside(std::size_t lane, std::int64_t start_ns, const std::stop_token& stop) {
    Sender sends = sender(lane, kLanes);
    sends.start(start_ns);
    bus::Outlet& out = exchange_.lane(lane);
    sleep_until(start_ns);
    while (!stop.stop_requested() && !sends.done()) {
      const std::size_t sent = sends.send_due(out, now_ns());
      out.flush();
      if (sent != 0) continue;
      if (schedule_.closed_loop() || sends.next_due_ns() <= now_ns())
        std::this_thread::yield();
      else
        sleep_until(sends.next_due_ns());
    }
    while (out.pending() > 0) out.flush();
  }

  void finish(Run& run) {
    run.mode = options_.inside ? "inside" : "outside";
    bus::Pressure pressure;
    for (std::size_t i = 0; i < options_.cores; ++i) {
      pressure += cores_[i]->pressure();
      run.sums += tenants_[i]->end();
      run.take(tenants_[i]->take_samples());
    }
    for (std::size_t lane = 0; !options_.inside && lane < kLanes; ++lane)
      pressure += exchange_.lane(lane).pressure();
    for (std::size_t p = 0; p < bus::kPriorities; ++p) {
      CAIRN_ASSERT(pressure.by_priority[p].queued() == 0);
      run.merged[p] = pressure.by_priority[p].merged;
      run.dropped[p] = pressure.by_priority[p].dropped;
    }
  }

  const workload::Schedule& schedule_;
  const RunOptions options_;
  const Wire wire_;
  const bus::SystemClock clock_;
  Progress progress_;
  bus::Exchange exchange_;
  bus::ReaderEpochs epochs_;
  std::vector<std::unique_ptr<Feed>> feeds_;
  std::vector<std::unique_ptr<bus::Core>> cores_;
  std::vector<std::unique_ptr<BenchCore<Actors>>> tenants_;
};

}  // namespace cairn::bench
