// moodycamel: one BlockingConcurrentQueue per core, a producer token for each sender, events enqueued and
// dequeued in bulk, and the queue's own semaphore to wait on.
#include <concurrentqueue/blockingconcurrentqueue.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/run.hpp"

namespace {

using cairn::bench::Event;

// The loop spins as its variant says; the semaphore is to spin no more after that.
struct Traits : moodycamel::ConcurrentQueueDefaultTraits {
  static const int MAX_SEMA_SPINS = 0;
};

class Queues {
 public:
  Queues(std::size_t senders, std::size_t cores) : cores_(cores), lanes_(senders * cores) {
    for (std::size_t core = 0; core < cores; ++core) {
      inboxes_.push_back(std::make_unique<Inbox>(senders));
      for (std::size_t sender = 0; sender < senders; ++sender)
        lane(sender, core).token = std::make_unique<moodycamel::ProducerToken>(inboxes_[core]->queue);
    }
  }

  // Never full: this queue grows.
  bool send(std::size_t sender, std::size_t core, const Event& event) {
    Lane& to = lane(sender, core);
    if (to.count == to.events.size()) enqueue(to, core);
    to.events[to.count++] = event;
    return true;
  }

  void flush(std::size_t sender) {
    for (std::size_t core = 0; core < cores_; ++core)
      if (Lane& to = lane(sender, core); to.count != 0) enqueue(to, core);
  }

  template <class F>
  std::size_t drain(std::size_t core, std::size_t most, F&& f) {
    Inbox& inbox = *inboxes_[core];
    std::size_t count = std::exchange(inbox.waited_for, 0);
    if (count == 0)
      count =
          inbox.queue.try_dequeue_bulk(inbox.token, inbox.events.data(), std::min(most, inbox.events.size()));
    for (std::size_t i = 0; i < count; ++i) f(inbox.events[i]);
    return count;
  }

  // What the queue hands out on waking is kept for the next drain().
  void park(std::size_t core, std::int64_t until_ns) {
    Inbox& inbox = *inboxes_[core];
    const std::int64_t wait_us = (until_ns - cairn::bench::now_ns() + 999) / 1'000;
    if (wait_us > 0)
      inbox.waited_for =
          inbox.queue.wait_dequeue_bulk_timed(inbox.token, inbox.events.data(), inbox.events.size(), wait_us);
  }

  // Its wait ends by itself within 50 ms.
  void wake(std::size_t) {}

 private:
  using Bulk = std::array<Event, cairn::bench::kTurn>;
  struct Lane {
    std::unique_ptr<moodycamel::ProducerToken> token;
    Bulk events;
    std::size_t count = 0;
  };
  struct alignas(128) Inbox {
    explicit Inbox(std::size_t senders) : queue(kRoom, senders, 0), token(queue) {}
    moodycamel::BlockingConcurrentQueue<Event, Traits> queue;
    moodycamel::ConsumerToken token;
    Bulk events;
    std::size_t waited_for = 0;
  };
  static constexpr std::size_t kRoom = 64 * 1024;

  Lane& lane(std::size_t sender, std::size_t core) { return lanes_[sender * cores_ + core]; }
  void enqueue(Lane& to, std::size_t core) {
    inboxes_[core]->queue.enqueue_bulk(*to.token, to.events.data(), to.count);
    to.count = 0;
  }

  const std::size_t cores_;
  std::vector<std::unique_ptr<Inbox>> inboxes_;
  std::vector<Lane> lanes_;
};

}  // namespace

int main(int argc, char** argv) {
  using namespace cairn::bench;
  const Options options = parse_options(argc, argv, "spin-20us spin-always park-at-once");
  const auto schedule = cairn::workload::load(options.schedule);
  const std::int64_t spin_ns = options.variant == "spin-20us"     ? 20'000
                               : options.variant == "spin-always" ? kSpinAlways
                                                                  : 0;
  QueuePerCore<Queues> queues{schedule, options.inside, options.cores, spin_ns};
  Run run = queues.run();
  run.program = "moodycamel";
  run.variant = options.variant;
  std::puts(to_json(schedule, run).c_str());
}
