// The small programs that the explorer runs: the ring, the event count, the job list and the mailbox of bus/,
// as their text stands there, with two or three threads. Prints a line for each and exits 1 if one failed,
// with its trace.
//
// Goal: no message lost, doubled, torn or overwritten, no cell touched by two at once, nobody asleep beside
// work, in any interleaving that C++ allows. Breaks when: any of the ring's or the event count's orders is
// weakened, the second look is left out, an index is off by one (tests/mutants plants each).
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bus/mailbox.hpp"
#include "bus/outlet.cpp"  // its text, with the seam's headers
#include "tests/model/explorer.hpp"

namespace cairn::model {
namespace {

using namespace cairn::bus;

constexpr std::uint16_t kNumbered = 9;
constexpr std::size_t kTraceLinesMax = 80;

void park(EventCount& wake, const auto& nothing_to_do) {
  wake.park(nothing_to_do, [](int fd) { wait_readable(static_cast<std::size_t>(fd)); });
}

// Sends numbered messages of the sizes given, and hands them over after every `per_flush`.
template <class HandOver>
class Sender {
 public:
  Sender(Producer& ring, HandOver hand_over) : ring_(ring), hand_over_(hand_over) {}

  void send(const std::vector<std::size_t>& cells, std::size_t per_flush) {
    for (std::size_t number = 0; number < cells.size(); ++number) {
      at_loop(number);
      send_one(number, (cells[number] - 1) * kCellBytes);
      if ((number + 1) % per_flush == 0 || number + 1 == cells.size()) hand_over_();
    }
  }

 private:
  void send_one(std::size_t number, std::size_t bytes) {
    while (true) {
      at_loop(number);
      if (Claim claim = ring_.claim(bytes)) {
        write(claim.head(), number, bytes);
        ring_.publish(std::move(claim));
        return;
      }
      hand_over_();
      wait_for_a_store();
    }
  }

  static void write(Head& head, std::size_t number, std::size_t bytes) {
    writes(&head);
    head.kind = kNumbered;
    head.operands[0] = number;
    if (bytes == 0) return;
    writes(&head + 1);
    std::memset(static_cast<void*>(&head + 1), static_cast<int>(number), bytes);
  }

  Producer& ring_;
  HandOver hand_over_;
};

// As Mailbox does it, for a ring without one.
struct FlushAndNotify {
  void operator()() const {
    if (ring.flush()) wake.notify();
  }
  Producer& ring;
  EventCount& wake;
};

Sender<FlushAndNotify> sender(Producer& ring, EventCount& wake) { return {ring, FlushAndNotify{ring, wake}}; }

// Takes numbered messages and checks that each is the next and whole.
class Receiver {
 public:
  explicit Receiver(Consumer& ring) : ring_(ring) {}

  // Declines the message `declined` when it comes for the first time.
  std::size_t take(std::size_t messages_max, std::size_t declined = ~std::size_t{0}) {
    return ring_.consume_to(ring_.published(), messages_max, [&](const Message& message) {
      if (received_ == declined && !declined_once_) {
        declined_once_ = true;
        return false;
      }
      check(message);
      ++received_;
      return true;
    });
  }
  [[nodiscard]] std::size_t received() const { return received_; }
  [[nodiscard]] bool empty() const { return ring_.empty(); }
  [[nodiscard]] bool has_declined() const { return declined_once_; }

 private:
  void check(const Message& message) const {
    reads(&message.head());
    if (message.head().kind != kNumbered) fail("a message was read that nobody wrote");
    if (message.head().operands[0] != received_) fail("a message was lost, doubled or overwritten");
    if (message.bytes().empty()) return;
    reads(message.bytes().data());
    for (const std::byte byte : message.bytes())
      if (byte != static_cast<std::byte>(received_)) fail("a message is torn");
  }

  Consumer& ring_;
  std::size_t received_ = 0;
  bool declined_once_ = false;
};

// One producer that hands over after every `per_flush` messages, one consumer that parks whenever it has run
// dry.
class OneRing : public Program {
 public:
  OneRing(std::vector<std::size_t> cells, std::size_t per_flush, std::size_t per_batch)
      : cells_(std::move(cells)), per_flush_(per_flush), per_batch_(per_batch) {}

  [[nodiscard]] std::size_t threads() const override { return 2; }
  void run(std::size_t thread) override {
    if (thread == 0) return sender_.send(cells_, per_flush_);
    for (at_loop(0); receiver_.received() < cells_.size(); at_loop(0))
      if (receiver_.take(per_batch_) == 0) park(wake_, [this] { return receiver_.empty(); });
  }
  [[nodiscard]] std::string amiss() const override {
    return receiver_.received() == cells_.size() ? "" : "a message was lost";
  }

 private:
  const std::vector<std::size_t> cells_;
  const std::size_t per_flush_;
  const std::size_t per_batch_;
  Ring ring_{4};
  EventCount wake_;
  Sender<FlushAndNotify> sender_ = sender(ring_.producer(), wake_);
  Receiver receiver_{ring_.consumer()};
};

// The consumer has no place for one of the messages, and takes it later: with its run queues full a core goes
// on.
class Declined : public Program {
 public:
  [[nodiscard]] std::size_t threads() const override { return 2; }
  void run(std::size_t thread) override {
    if (thread == 0) return sender_.send({1, 1, 2}, 1);
    for (at_loop(0); receiver_.received() < 3; at_loop(0)) {
      const bool before = receiver_.has_declined();
      if (receiver_.take(2, 1) == 0 && before == receiver_.has_declined())
        park(wake_, [this] { return receiver_.empty(); });
    }
  }

 private:
  Ring ring_{4};
  EventCount wake_;
  Sender<FlushAndNotify> sender_ = sender(ring_.producer(), wake_);
  Receiver receiver_{ring_.consumer()};
};

// Two producers wake one consumer: neither may take the other's wake-up away.
class TwoRings : public Program {
 public:
  [[nodiscard]] std::size_t threads() const override { return 3; }
  void run(std::size_t thread) override {
    if (thread == 0) return first_.send({1}, 1);
    if (thread == 1) return second_.send({1}, 1);
    for (at_loop(0); from_first_.received() + from_second_.received() < 2; at_loop(0))
      if (from_first_.take(2) + from_second_.take(2) == 0)
        park(wake_, [this] { return from_first_.empty() && from_second_.empty(); });
  }

 private:
  Ring ring_{4};
  Ring other_ring_{4};
  EventCount wake_;
  Sender<FlushAndNotify> first_ = sender(ring_.producer(), wake_);
  Sender<FlushAndNotify> second_ = sender(other_ring_.producer(), wake_);
  Receiver from_first_{ring_.consumer()};
  Receiver from_second_{other_ring_.consumer()};
};

struct Task : Job {
  void run_job() override {
    reads(&payload);
    ++times;
  }
  int payload = 0;
  int times = 0;
};

void push(Mailbox& mailbox, Task& task) {
  writes(&task.payload);
  mailbox.push(task);
}

std::size_t run_jobs(Mailbox& mailbox) {
  mailbox.assert_mine();
  std::size_t count = 0;
  for (Job* job = mailbox.take_jobs(); job != nullptr; ++count) {
    Job* next = JobList::next(*job);
    job->run_job();
    job = next;
  }
  return count;
}

// Threads that own no ring push jobs to a core: `first` of one, `second` of another.
class Jobs : public Program {
 public:
  Jobs(std::size_t first, std::size_t second) : tasks_{std::vector<Task>(first), std::vector<Task>(second)} {}

  [[nodiscard]] std::size_t threads() const override { return 3; }
  void run(std::size_t thread) override {
    if (thread == 2) return take(tasks_[0].size() + tasks_[1].size());
    for (std::size_t i = 0; i < tasks_[thread].size(); ++i) {
      at_loop(i);
      push(mailbox_, tasks_[thread][i]);
    }
  }
  [[nodiscard]] std::string amiss() const override {
    for (const auto& tasks : tasks_)
      for (const Task& task : tasks)
        if (task.times != 1) return "a job was lost or run twice";
    return {};
  }

 private:
  void take(std::size_t count) {
    for (std::size_t done = 0; done < count;) {
      at_loop(done);
      const std::size_t some = run_jobs(mailbox_);
      if (some == 0) park(mailbox_.wake(), [this] { return mailbox_.empty(); });
      done += some;
    }
  }

  std::vector<std::vector<Task>> tasks_;
  Exchange exchange_{1};
  Mailbox& mailbox_ = exchange_.mailbox(0);
};

// A core's mailbox as it is, and something from one of its sources on the way to it.
enum class Source { kOutlet, kMerged, kJournal, kJob };

class WholeMailbox : public Program {
 public:
  explicit WholeMailbox(Source source) : source_(source) {}

  [[nodiscard]] std::size_t threads() const override { return 2; }
  void run(std::size_t thread) override {
    if (thread == 1) return take_one();
    switch (source_) {
      case Source::kOutlet: return send_one(exchange_.lane(0));
      case Source::kMerged: return merge_two(exchange_.lane(0));
      case Source::kJournal:
        return Sender{exchange_.journal().to(0),
                      [this] { exchange_.journal().hand_over(0, mailbox_.wake()); }}
            .send({1}, 1);
      case Source::kJob: return push(mailbox_, task_);
    }
  }

 private:
  static void send_one(Outlet& out) {
    Claim claim = out.claim(0, Priority::kNormal, 0);
    if (!claim) fail("a new ring has no room");
    claim.head().kind = kNumbered;
    out.publish(0, Priority::kNormal, std::move(claim));
    out.flush();
  }
  static void merge_two(Outlet& out) {
    Head item;
    item.kind = kNumbered;
    if (!out.merge(0, item) || !out.merge(0, item)) fail("an empty outlet keeps nothing back");
    out.flush();
  }

  void take_one() {
    while (committed_.take(1) + commands_.take(1) + run_jobs(mailbox_) == 0)
      park(mailbox_.wake(), [this] { return mailbox_.empty(); });
  }

  const Source source_;
  Exchange exchange_{1, 1};
  Mailbox& mailbox_ = exchange_.mailbox(0);
  Task task_;
  Receiver commands_{mailbox_.from(1, Priority::kNormal)};
  Receiver committed_{mailbox_.committed()};
};

struct Named {
  const char* name;
  std::function<std::unique_ptr<Program>()> make;
};

template <class P, class... Args>
Named named(const char* name, Args... args) {
  return {name, [=] { return std::make_unique<P>(args...); }};
}

std::vector<Named> programs() {
  using Sizes = std::vector<std::size_t>;
  constexpr std::size_t one = 1;
  constexpr std::size_t two = 2;
  return {
      named<OneRing>("ring: six of one cell, each handed over at once", Sizes{1, 1, 1, 1, 1, 1}, one, two),
      named<OneRing>("ring: five with padding at the end, read singly", Sizes{1, 2, 2, 1, 2}, one, one),
      named<OneRing>("ring: six in batches of two, over the end", Sizes{1, 1, 1, 2, 1, 2}, two, two),
      named<Declined>("ring: a message that is declined comes again"),
      named<TwoRings>("two rings wake one consumer"),
      named<Jobs>("job list: one pushes two", two, std::size_t{0}),
      named<Jobs>("job list: two push one each", one, one),
      named<WholeMailbox>("mailbox: from an outlet", Source::kOutlet),
      named<WholeMailbox>("mailbox: merged in an outlet", Source::kMerged),
      named<WholeMailbox>("mailbox: from the journal", Source::kJournal),
      named<WholeMailbox>("mailbox: a job", Source::kJob),
  };
}

bool run(const Named& program) {
  const auto start = std::chrono::steady_clock::now();
  const Report report = explore(program.make);
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  std::printf("%-52s %-6s %9llu runs %9llu states %6lld ms\n", program.name, report.good ? "holds" : "FAILS",
              static_cast<unsigned long long>(report.runs), static_cast<unsigned long long>(report.states),
              static_cast<long long>(ms.count()));
  if (report.good) return true;
  std::printf("%s\n", report.failure.c_str());
  for (std::size_t i = 0; i < report.trace.size() && i < kTraceLinesMax; ++i)
    std::printf("  %s\n", report.trace[i].c_str());
  return false;
}

}  // namespace
}  // namespace cairn::model

int main() {
  for (const auto& program : cairn::model::programs())
    if (!cairn::model::run(program)) return 1;
  return 0;
}
