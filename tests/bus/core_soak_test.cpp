// Goal: cores that run their whole loop beside each other, with tiny rings lapped thousands of times, jobs
// and messages from threads that are no core, a journal's thread and real parking, lose, double and reorder
// nothing; under ThreadSanitizer also: no data race anywhere in it. Breaks when: an order in ring, job list,
// event count or reader epochs is weakened, a wake-up is lost (then it never ends), or the arithmetic of
// pressure does not add up.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <latch>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

#include "bus/clock.hpp"
#include "bus/core.hpp"

using namespace cairn::bus;

namespace {

constexpr std::size_t kCores = 3;
constexpr std::size_t kPushers = 2;
constexpr RingCells kTiny{32, 2048, 64};
// Tokens go from core to core until they have made their hops. All tokens of a priority fit one ring, at two
// cells each: who passes one on finds room, except ambient, which is dropped beyond half a ring.
constexpr std::uint64_t kTokensEach = 4;
constexpr std::uint64_t kHops = 12'000;
constexpr std::uint64_t kHopsToRecord = 8;  // each so many hops a vital token is told to the journal
constexpr std::uint64_t kFromLane = 90'000;
constexpr std::uint32_t kJobsEach = 20'000;

enum Kind : std::uint16_t { kToken = 1, kFromOutside, kNotice };

// All that has to happen: tokens, records on every core, messages from outside, jobs.
constexpr std::ptrdiff_t kExpected = kCores * kPriorities * kTokensEach +
                                     kCores * (kCores * kTokensEach * (kHops / kHopsToRecord)) + kFromLane +
                                     kPushers * kJobsEach;

struct Numbered final : Job {
  void run_job() override {
    *good &= *expected == number;
    *expected = number + 1;
    left->count_down();
  }
  std::uint32_t number = 0;
  std::uint32_t* expected = nullptr;  // the next of its pusher, kept by the core that runs it
  bool* good = nullptr;
  std::latch* left = nullptr;
};

// Knows whether its loop has parked at all.
class CountingPoller final : public Poller {
 public:
  bool poll() override { return false; }
  void park(int wake_fd, std::int64_t timeout_ns) override {
    ++parks_;
    poller_.park(wake_fd, timeout_ns);
  }
  [[nodiscard]] std::uint64_t parks() const { return parks_; }

 private:
  FdPoller poller_;
  std::uint64_t parks_ = 0;
};

class TokenHandler final : public CoreHandler {
 public:
  TokenHandler(Core& core, std::latch& left) : core_(core), left_(left) { core.attach(*this); }

  void on_committed(const Message& message) override {
    good_ &= message.head().sequence == ++committed_;
    left_.count_down();
  }
  bool on_folded() override { return false; }
  std::size_t queue_of(const Message& message) override { return message.head().source % 2; }
  bool on_message(const Message& message) override {
    const Head& head = message.head();
    for (const std::byte byte : message.bytes()) good_ &= byte == static_cast<std::byte>(head.sequence);
    switch (head.kind) {
      case kToken: return on_token(head);
      case kFromOutside:
        good_ &= head.sequence == from_outside_++;
        left_.count_down();
        return true;
      default: good_ &= head.kind == kNotice; return true;
    }
  }
  bool on_idle_work() override {
    if (started_) return false;
    started_ = true;
    for (std::size_t p = 0; p < kPriorities; ++p)
      for (std::uint64_t i = 0; i < kTokensEach; ++i) pass_on(static_cast<Priority>(p), 0);
    return true;
  }
  // For ever: only a wake-up ends a park.
  std::int64_t park_ns_max() override { return 3'600'000'000'000; }

  Numbered job(std::size_t pusher, std::uint32_t number) {
    Numbered job;
    job.number = number;
    job.expected = &jobs_[pusher];
    job.good = &good_;
    job.left = &left_;
    return job;
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  bool on_token(const Head& head) {
    const std::uint64_t hops = head.sequence + 1;
    if (head.priority == Priority::kVital && hops % kHopsToRecord == 0) {
      if (!core_.has_journal_credit()) return false;
      Claim record = core_.claim_record(0);
      record.require_room();
      record.head().kind = kToken;
      core_.publish_record(std::move(record));
    }
    if (head.priority == Priority::kNormal) {
      Head notice;
      notice.kind = kNotice;
      good_ &= core_.out().merge(next_core(), notice);
    }
    if (hops == kHops)
      left_.count_down();
    else
      pass_on(head.priority, hops);
    return true;
  }

  void pass_on(Priority priority, std::uint64_t hops) {
    Claim claim =
        core_.out().claim(next_core(), priority, priority == Priority::kVital ? hops % 65 : kCellBytes);
    if (!claim) {
      good_ &= priority == Priority::kAmbient;
      core_.out().drop_ambient();
      left_.count_down();
      return;
    }
    claim.head().kind = kToken;
    claim.head().source = static_cast<std::uint32_t>(hops);
    claim.head().sequence = hops;
    std::fill(claim.bytes().begin(), claim.bytes().end(), static_cast<std::byte>(hops));
    core_.out().publish(next_core(), priority, std::move(claim));
  }
  [[nodiscard]] std::size_t next_core() const { return (core_.index() + 1) % core_.cores(); }

  Core& core_;
  std::latch& left_;
  bool started_ = false;
  bool good_ = true;
  std::uint64_t committed_ = 0;
  std::uint64_t from_outside_ = 0;
  std::array<std::uint32_t, kPushers> jobs_{};
};

// Gives every record a number and tells it to every core, as the journal does, without a disk.
void number_records(Exchange& exchange, const std::stop_token& stop) {
  JournalMailbox& mailbox = exchange.journal();
  FdPoller poller;
  std::uint64_t sequence = 0;
  const auto tell_all = [&](const Message&) {
    for (std::size_t core = 0; core < exchange.cores(); ++core)
      if (!mailbox.to(core).has_room(1)) return false;
    ++sequence;
    for (std::size_t core = 0; core < exchange.cores(); ++core) {
      Claim claim = mailbox.to(core).claim(0);
      claim.require_room();
      claim.head().kind = kToken;
      claim.head().sequence = sequence;
      mailbox.to(core).publish(std::move(claim));
    }
    return true;
  };
  while (!stop.stop_requested()) {
    std::size_t taken = 0;
    for (std::size_t core = 0; core < exchange.cores(); ++core)
      taken += mailbox.from(core).consume_to(mailbox.from(core).published(), 16, tell_all);
    for (std::size_t core = 0; core < exchange.cores(); ++core)
      mailbox.hand_over(core, exchange.mailbox(core).wake());
    if (taken == 0)
      mailbox.wake().park([&] { return mailbox.empty() && !stop.stop_requested(); },
                          [&](int fd) { poller.park(fd, 3'600'000'000'000); });
  }
}

// From a thread that is no core, to each in turn; a full ring is tried again.
void send_from_outside(Outlet& lane) {
  for (std::uint64_t i = 0; i < kFromLane;) {
    const std::size_t core = i % kCores;
    if (Claim claim = lane.claim(core, Priority::kVital, i % 200)) {
      claim.head().kind = kFromOutside;
      claim.head().sequence = i / kCores;
      std::fill(claim.bytes().begin(), claim.bytes().end(), static_cast<std::byte>(i / kCores));
      lane.publish(core, Priority::kVital, std::move(claim));
      ++i;
    } else {
      lane.flush();
      std::this_thread::yield();
    }
    if (i % 16 == 0) lane.flush();
  }
  lane.flush();
}

}  // namespace

TEST_CASE(
    "whole cores beside each other lose, double and reorder nothing, however often their tiny rings wrap") {
  Exchange exchange{kCores, 1, kTiny};
  ReaderEpochs epochs{kCores};
  const SystemClock clock;
  std::array<CountingPoller, kCores> pollers;
  std::latch left{kExpected};
  std::vector<std::unique_ptr<Core>> cores;
  std::vector<std::unique_ptr<TokenHandler>> handlers;
  for (std::size_t i = 0; i < kCores; ++i) {
    cores.push_back(std::make_unique<Core>(i, exchange, epochs, 2, clock, pollers[i]));
    handlers.push_back(std::make_unique<TokenHandler>(*cores[i], left));
  }
  std::array<std::vector<Numbered>, kPushers> jobs;
  for (std::size_t pusher = 0; pusher < kPushers; ++pusher)
    for (std::uint32_t i = 0; i < kJobsEach; ++i)
      jobs[pusher].push_back(handlers[pusher % kCores]->job(pusher, i));

  {
    std::vector<std::jthread> threads;
    for (auto& core : cores) threads.emplace_back([&core](const std::stop_token& stop) { core->run(stop); });
    std::jthread journal{[&](const std::stop_token& stop) { number_records(exchange, stop); }};
    std::jthread lane{[&] { send_from_outside(exchange.lane(0)); }};
    std::vector<std::jthread> pushers;
    for (std::size_t pusher = 0; pusher < kPushers; ++pusher)
      pushers.emplace_back([&, pusher] {
        for (Numbered& job : jobs[pusher]) exchange.mailbox(pusher % kCores).push(job);
      });
    left.wait();
    for (std::size_t i = 0; i < kCores; ++i) {
      threads[i].request_stop();
      cores[i]->wake();
    }
    journal.request_stop();
    exchange.journal().wake().notify();
  }
  // What was merged last is still on its way.
  for (int lap = 0; lap < 3; ++lap)
    for (auto& core : cores)
      while (core->turn()) {
      }

  for (const auto& handler : handlers) CHECK(handler->good());
  for (const CountingPoller& poller : pollers) CHECK(poller.parks() > 0);
  Pressure sum = exchange.lane(0).pressure();
  for (const auto& core : cores) sum += core->pressure();
  for (const Pressure::Counts& counts : sum.by_priority) {
    CHECK(counts.queued() == 0);
    CHECK(counts.enqueued > 0);
  }
  CHECK(sum[Priority::kVital].delivered == kCores * kTokensEach * kHops + kFromLane);
  CHECK(sum[Priority::kVital].dropped == 0);
  CHECK(sum[Priority::kNormal].dropped == 0);
}
