// Runs the work over one queue per core: what bare rings, moodycamel and boost::lockfree share. A Transport
// says how an event gets from a sender to a core, and how a core waits.
//
// Threads: a pinned loop per core; outside, two producers more; main() only watches. Inside, the loops
// themselves send what is due. Senders 0 to cores-1 are the loops, those behind them the producers outside.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/process.hpp"
#include "tools/bench/peers/harness/producer.hpp"
#include "tools/bench/peers/harness/progress.hpp"
#include "tools/bench/peers/harness/report.hpp"
#include "tools/bench/peers/harness/watch.hpp"
#include "tools/bench/workload/schedule.hpp"

namespace cairn::bench {

inline constexpr std::size_t kProducersOutside = 2;
inline constexpr std::size_t kTurn = 256;
inline constexpr std::int64_t kParkMost_ns = 50'000'000;
inline constexpr std::int64_t kSpinAlways = -1;

// What a Transport has:
//   Transport(std::size_t senders, std::size_t cores)
//   bool send(std::size_t sender, std::size_t core, const Event&)   false: no room, the sender keeps it
//   void flush(std::size_t sender)                                  what was sent may be seen, and wakes
//   std::size_t drain(std::size_t core, std::size_t most, F f)      f(const Event&) for each
//   void park(std::size_t core, std::int64_t until_ns)              until there is something, or then
//   void wake(std::size_t core)
template <class Transport>
class QueuePerCore {
 public:
  QueuePerCore(const workload::Schedule& schedule, bool inside, std::size_t cores, std::int64_t spin_ns)
      : schedule_(schedule),
        inside_(inside),
        cores_(cores),
        spin_ns_(spin_ns),
        producers_(inside ? cores : kProducersOutside),
        transport_(cores + (inside ? 0 : kProducersOutside), cores) {
    for (std::size_t core = 0; core < cores; ++core)
      shards_.push_back(std::make_unique<Shard>(schedule, core, cores));
  }

  [[nodiscard]] Run run() {
    start_ns_ = now_ns() + kStartDelayNs;
    std::vector<std::thread> threads;
    for (std::size_t core = 0; core < cores_; ++core) threads.emplace_back([this, core] { loop(core); });
    for (std::size_t i = 0; !inside_ && i < kProducersOutside; ++i)
      threads.emplace_back([this, i] { produce_outside(i); });
    Run run = watch(schedule_, progress_, start_ns_);
    stop_ = true;
    for (std::size_t core = 0; core < cores_; ++core) transport_.wake(core);
    for (std::thread& thread : threads) thread.join();
    run.mode = inside_ ? "inside" : "outside";
    for (const auto& shard : shards_) {
      run.sums += shard->sums();
      run.take(shard->take_samples());
    }
    return run;
  }

 private:
  // What one loop has for itself.
  struct Loop {
    std::size_t core;
    Producer producer;
    std::deque<std::pair<std::size_t, Event>> outbox;  // follow-ups that found no room
  };

  void loop(std::size_t core) {
    pin_this_thread(core);
    wake_on_time();
    Loop loop{core, Producer{schedule_, progress_, core, producers_}, {}};
    loop.producer.start(start_ns_);
    sleep_until(start_ns_);
    std::int64_t idle_since_ns = 0;
    while (!stop_) {
      if (turn(loop)) {
        idle_since_ns = 0;
        continue;
      }
      const std::int64_t now = now_ns();
      if (idle_since_ns == 0) idle_since_ns = now;
      if (spin_ns_ == kSpinAlways || now - idle_since_ns < spin_ns_) {
        pause_processor();
        continue;
      }
      park(loop, now);
      idle_since_ns = 0;
    }
  }

  bool turn(Loop& loop) {
    std::size_t worked = 0;
    for (; !loop.outbox.empty(); loop.outbox.pop_front(), ++worked)
      if (!transport_.send(loop.core, loop.outbox.front().first, loop.outbox.front().second)) break;
    if (inside_)
      worked += loop.producer.send_due(now_ns(), kTurn, [&](const Event& event) {
        return transport_.send(loop.core, workload::core_of(event.district, cores_), event);
      });
    Shard& shard = *shards_[loop.core];
    const std::size_t drained = transport_.drain(loop.core, kTurn, [&](const Event& event) {
      shard.handle(event, [&](const Event& onward) {
        const std::size_t to = workload::core_of(onward.team, cores_);
        if (!transport_.send(loop.core, to, onward)) loop.outbox.emplace_back(to, onward);
      });
    });
    transport_.flush(loop.core);
    if (drained != 0) progress_.set(loop.core, shard.district_events(), shard.follow_ups());
    return worked + drained != 0;
  }

  void park(Loop& loop, std::int64_t now) {
    std::int64_t until_ns = now + kParkMost_ns;
    if (!loop.outbox.empty()) until_ns = now;
    // In a closed loop the window opens when the other core has drained, which wakes nobody: look again soon.
    if (inside_ && !loop.producer.done())
      until_ns =
          std::min(until_ns, schedule_.closed_loop() ? now + kWindowLook_ns : loop.producer.next_due_ns());
    if (until_ns > now) transport_.park(loop.core, until_ns);
  }

  // Sleeps until something is due, sends all of it, sleeps again: as long as the kernel takes to wake it.
  void produce_outside(std::size_t index) {
    Producer producer{schedule_, progress_, index, kProducersOutside};
    producer.start(start_ns_);
    const std::size_t sender = cores_ + index;
    sleep_until(start_ns_);
    while (!stop_ && !producer.done()) {
      const std::size_t sent = producer.send_due(now_ns(), kTurn, [&](const Event& event) {
        return transport_.send(sender, workload::core_of(event.district, cores_), event);
      });
      transport_.flush(sender);
      if (sent != 0) continue;
      if (schedule_.closed_loop() || producer.next_due_ns() <= now_ns())
        std::this_thread::yield();
      else
        sleep_until(producer.next_due_ns());
    }
  }

  static constexpr std::int64_t kStartDelayNs = 100'000'000;
  static constexpr std::int64_t kWindowLook_ns = 10'000;

  const workload::Schedule& schedule_;
  const bool inside_;
  const std::size_t cores_;
  const std::int64_t spin_ns_;
  const std::size_t producers_;
  Transport transport_;
  std::vector<std::unique_ptr<Shard>> shards_;
  Progress progress_;
  std::atomic<bool> stop_{false};
  std::int64_t start_ns_ = 0;
};

}  // namespace cairn::bench
