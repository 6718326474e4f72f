// Goal: a parked loop is always woken by work that was published before or after it announced that it parks.
// Breaks when: the re-check or the announcement is left out, or a waker skips the eventfd for a parked loop.
#include "bus/event_count.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <thread>
#include <vector>

#include "bus/clock.hpp"
#include "bus/job_list.hpp"
#include "bus/poller.hpp"
#include "bus/ring.hpp"

using namespace cairn::bus;

TEST_CASE("waking nobody leaves no wake-up behind") {
  EventCount wake;
  wake.notify();
  bool pending = true;
  wake.park([] { return true; },
            [&](int fd) {
              pollfd waited{fd, POLLIN, 0};
              pending = ::poll(&waited, 1, 0) != 0;
            });
  CHECK_FALSE(pending);
}

TEST_CASE("a wake-up that comes late ends one wait, not every wait after it") {
  // The symptom was an idle core that spun at full speed: a waker had written the eventfd after the wait that
  // it was for.
  EventCount wake;
  wake.park([] { return true; }, [](int fd) { CHECK(::eventfd_write(fd, 1) == 0); });
  bool pending = true;
  wake.park([] { return true; },
            [&](int fd) {
              pollfd waited{fd, POLLIN, 0};
              pending = ::poll(&waited, 1, 0) != 0;
            });
  CHECK_FALSE(pending);
}

TEST_CASE("a ring's consumer that parks between any two messages never sleeps through one") {
  Ring ring{16};
  Producer& in = ring.producer();
  Consumer& out = ring.consumer();
  EventCount wake;
  constexpr std::uint64_t kMessages = 50'000;
  std::jthread producer{[&] {
    for (std::uint64_t i = 0; i < kMessages;) {
      if (Claim claim = in.claim(0)) {
        claim.head().kind = 1;
        in.publish(std::move(claim));
        ++i;
      } else {
        std::this_thread::yield();
      }
      if (in.flush()) wake.notify();
    }
  }};
  FdPoller poller;
  const SystemClock clock;
  std::uint64_t received = 0;
  bool lost = false;
  while (received < kMessages && !lost) {
    received += out.consume_to(out.published(), 4, [](const Message&) { return true; });
    wake.park([&] { return out.empty() && received < kMessages; },
              [&](int fd) {
                // A whole minute stands for ever: the producer is never quiet for so long unless it has sent
                // everything.
                const std::int64_t before_ns = clock.steady_ns();
                poller.park(fd, 60'000'000'000);
                lost = clock.steady_ns() - before_ns >= 60'000'000'000;
              });
  }
  CHECK_FALSE(lost);
  CHECK(received == kMessages);
}

TEST_CASE("jobs pushed by several threads are all taken, each thread's in its order") {
  struct Numbered : Job {
    void run_job() override {}
    std::uint32_t thread = 0;
    std::uint32_t number = 0;
  };
  constexpr std::uint32_t kThreads = 3;
  constexpr std::uint32_t kJobs = 20'000;
  JobList list;
  std::vector<std::vector<Numbered>> jobs(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      jobs[t] = std::vector<Numbered>(kJobs);
      threads.emplace_back([&list, &mine = jobs[t], t] {
        for (std::uint32_t i = 0; i < kJobs; ++i) {
          mine[i].thread = t;
          mine[i].number = i;
          list.push(mine[i]);
        }
      });
    }
    std::vector<std::uint32_t> next(kThreads);
    std::uint32_t taken = 0;
    bool ordered = true;
    while (taken < kThreads * kJobs) {
      for (Job* job = list.take(); job != nullptr; job = JobList::next(*job)) {
        const auto& numbered = static_cast<const Numbered&>(*job);
        ordered &= numbered.number == next[numbered.thread]++;
        ++taken;
      }
    }
    CHECK(ordered);
    CHECK(list.empty());
  }
}
