// boost::lockfree: `queue`, one of many producers per core, or `spsc`, one spsc_queue per sender and core.
// Boost brings no way to wait, so cores wait on an event count like ours, which is the best that could be
// added to it.
#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "bus/event_count.hpp"
#include "bus/poller.hpp"
#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/run.hpp"

namespace {

using cairn::bench::Event;
namespace lockfree = boost::lockfree;

// The most that a fixed-size queue of Boost's can hold.
constexpr std::size_t kCapacity = 65'534;

struct ManyProducers {
  using Queue = lockfree::queue<Event, lockfree::capacity<kCapacity>>;
  static constexpr bool kQueuePerSender = false;
};
struct OneProducer {
  using Queue = lockfree::spsc_queue<Event, lockfree::capacity<kCapacity>>;
  static constexpr bool kQueuePerSender = true;
};

template <class Kind>
class Queues {
 public:
  Queues(std::size_t senders, std::size_t cores) : cores_(cores), dirty_(senders * cores), wakes_(cores) {
    for (std::size_t i = 0; i < (Kind::kQueuePerSender ? senders : 1) * cores; ++i)
      queues_.push_back(std::make_unique<typename Kind::Queue>());
  }

  bool send(std::size_t sender, std::size_t core, const Event& event) {
    if (!queues_[(Kind::kQueuePerSender ? sender : 0) * cores_ + core]->push(event)) return false;
    dirty_[sender * cores_ + core].sent = true;
    return true;
  }

  void flush(std::size_t sender) {
    for (std::size_t core = 0; core < cores_; ++core) {
      if (!std::exchange(dirty_[sender * cores_ + core].sent, false)) continue;
      // The event count wants its store and load in one total order; a push is only a release.
      pushed_.fetch_add(1);
      if (core != sender) wakes_[core].notify();
    }
  }

  template <class F>
  std::size_t drain(std::size_t core, std::size_t most, F&& f) {
    std::size_t drained = 0;
    Event event;
    for (std::size_t at = core; at < queues_.size(); at += cores_)
      for (; drained < most && queues_[at]->pop(event); ++drained) f(event);
    return drained;
  }

  void park(std::size_t core, std::int64_t until_ns) {
    const auto all_are_empty = [&] {
      pushed_.fetch_add(0);
      for (std::size_t at = core; at < queues_.size(); at += cores_)
        if (!is_empty(*queues_[at])) return false;
      return true;
    };
    wakes_[core].park(all_are_empty, [&](int wake_fd) {
      poller_.park(wake_fd, std::max<std::int64_t>(0, until_ns - cairn::bench::now_ns()));
    });
  }

  void wake(std::size_t core) { wakes_[core].notify(); }

 private:
  static bool is_empty(const ManyProducers::Queue& queue) { return queue.empty(); }
  static bool is_empty(OneProducer::Queue& queue) { return queue.read_available() == 0; }

  // A line each, since senders write them.
  struct alignas(128) Dirty {
    bool sent = false;
  };

  const std::size_t cores_;
  std::vector<std::unique_ptr<typename Kind::Queue>> queues_;
  std::vector<Dirty> dirty_;
  std::vector<cairn::bus::EventCount> wakes_;
  alignas(128) std::atomic<std::uint64_t> pushed_{0};
  cairn::bus::FdPoller poller_;
};

template <class Kind>
cairn::bench::Run run_with(const cairn::workload::Schedule& schedule, const cairn::bench::Options& options) {
  constexpr std::int64_t kSpin_ns = 20'000;
  return cairn::bench::QueuePerCore<Queues<Kind>>{schedule, options.inside, options.cores, kSpin_ns}.run();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cairn::bench;
  const Options options = parse_options(argc, argv, "queue spsc");
  const auto schedule = cairn::workload::load(options.schedule);
  Run run = options.variant == "queue" ? run_with<ManyProducers>(schedule, options)
                                       : run_with<OneProducer>(schedule, options);
  run.program = "boost_lockfree";
  run.variant = options.variant;
  std::puts(to_json(schedule, run).c_str());
}
