#include "tests/model/explorer.hpp"

#include <ucontext.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include "tests/model/arena.hpp"
#include "tests/model/memory.hpp"
#include "tests/model/signatures.hpp"

namespace cairn::model {

namespace {

constexpr std::size_t kStackBytes = 128 * 1024;

enum class Waits : std::uint64_t { kNot, kForEventfd, kForStore };

// What kind of step a thread took, for its history.
enum class Step : std::uint64_t { kStart, kLoop, kLoad, kStore, kSignal, kDrain, kWaited, kCaughtUp };

struct Thread {
  ucontext_t context;
  std::vector<char> stack = std::vector<char>(kStackBytes);
  std::uint64_t history = 0;  // signature of its steps since it was last at_loop(), and of what they saw
  Waits waits = Waits::kNot;
  std::size_t eventfd = 0;
  bool ended = false;
};

struct Choice {
  std::uint32_t chosen;
  std::uint32_t count;
};

const char* name(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed: return "relaxed";
    case std::memory_order_acquire: return "acquire";
    case std::memory_order_release: return "release";
    case std::memory_order_acq_rel: return "acq_rel";
    default: return "seq_cst";
  }
}

class Explorer {
 public:
  // With room for those that a program makes while the arena is open: they are not the program's.
  Explorer() { eventfds_.reserve(kLocationsMax); }
  Report explore(const std::function<std::unique_ptr<Program>()>& make);

  std::uint64_t load(std::size_t location, std::memory_order order, Place place);
  void store(std::size_t location, std::uint64_t value, std::memory_order order, Place place);
  std::uint64_t exchange(std::size_t location, std::uint64_t value, std::memory_order order, Place place);
  bool compare_exchange(std::size_t location, std::uint64_t& expected, std::uint64_t value,
                        std::memory_order success, std::memory_order failure, Place place);
  std::size_t add_eventfd();
  void signal(std::size_t eventfd);
  void drain(std::size_t eventfd);
  void wait_readable(std::size_t eventfd);
  void wait_for_a_store();
  void access(const void* address, bool writes);
  void at_loop(std::uint64_t local);
  [[noreturn]] void fail(const std::string& why);
  Memory& memory() { return memory_; }

 private:
  enum class End { kAll, kKnown, kFailed };

  static void run_thread(unsigned index);
  End run_once(const std::function<std::unique_ptr<Program>()>& make);
  void prepare(std::size_t index);
  bool next_choices();
  std::uint32_t choose(std::size_t count);
  void let_others_go_first();
  void pass_on();
  [[noreturn]] void stop(End end);
  bool can_go_on(std::size_t thread) const;
  std::uint64_t signature();
  void note(Step step, std::uint64_t what, std::uint64_t saw);
  void trace(const char* what, std::size_t location, std::uint64_t value, std::memory_order order,
             Place place);
  void trace(const std::string& what);

  // Through all runs.
  Signatures known_;
  std::vector<Choice> choices_;
  std::array<Thread, kThreadsMax> threads_;
  ucontext_t main_;
  Report report_;
  bool tracing_ = false;
  // Of this run.
  Program* program_ = nullptr;
  std::size_t threads_count_ = 0;
  std::optional<std::size_t> running_;  // nothing: setting up or looking at the end
  End end_ = End::kAll;
  std::size_t choice_ = 0;
  std::size_t steps_ = 0;
  Memory memory_;
  std::vector<std::uint32_t> eventfds_;
};

Explorer* explorer = nullptr;

// --- runs ---

Report Explorer::explore(const std::function<std::unique_ptr<Program>()>& make) {
  do {
    ++report_.runs;
    const End end = run_once(make);
    report_.states = known_.size();
    if (end == End::kFailed) {
      tracing_ = true;
      run_once(make);
      return report_;
    }
    if (known_.size() > kStatesMax) {
      report_.failure = "too many states to explore them all";
      return report_;
    }
  } while (next_choices());
  report_.good = true;
  return report_;
}

// The same choices up to the last one that has an alternative left, and that one's next.
bool Explorer::next_choices() {
  while (!choices_.empty() && choices_.back().chosen + 1 == choices_.back().count) choices_.pop_back();
  if (choices_.empty()) return false;
  ++choices_.back().chosen;
  return true;
}

Explorer::End Explorer::run_once(const std::function<std::unique_ptr<Program>()>& make) {
  eventfds_.clear();
  choice_ = 0;
  steps_ = 0;
  end_ = End::kAll;
  running_.reset();
  memory_.reset();
  arena::open();
  const std::unique_ptr<Program> program = make();
  arena::close();
  program_ = program.get();
  threads_count_ = program->threads();
  memory_.set_threads(threads_count_);
  for (std::size_t i = 0; i < threads_count_; ++i) prepare(i);
  running_ = choose(threads_count_);
  ::swapcontext(&main_, &threads_[*running_].context);
  running_.reset();
  report_.steps += steps_;
  if (end_ != End::kAll) return end_;
  report_.failure = program->amiss();
  return report_.failure.empty() ? End::kAll : End::kFailed;
}

void Explorer::prepare(std::size_t index) {
  Thread& thread = threads_[index];
  thread.history = 0;
  thread.waits = Waits::kNot;
  thread.ended = false;
  ::getcontext(&thread.context);
  thread.context.uc_stack.ss_sp = thread.stack.data();
  thread.context.uc_stack.ss_size = thread.stack.size();
  thread.context.uc_link = nullptr;
  ::makecontext(&thread.context, reinterpret_cast<void (*)()>(run_thread), 1, static_cast<unsigned>(index));
}

void Explorer::run_thread(unsigned index) {
  explorer->note(Step::kStart, index, 0);
  explorer->program_->run(index);
  explorer->threads_[index].ended = true;
  explorer->memory_.end(index);
  explorer->trace("ends");
  explorer->pass_on();
}

// Back to run_once(). The fibers stay where they are and are never resumed: they own nothing.
void Explorer::stop(End end) {
  end_ = end;
  ::swapcontext(&threads_[*running_].context, &main_);
  std::abort();
}

void Explorer::fail(const std::string& why) {
  report_.failure = why;
  if (!running_) std::abort();  // while it was being set up: the program is wrong
  stop(End::kFailed);
}

// --- choices ---

std::uint32_t Explorer::choose(std::size_t count) {
  if (count == 1) return 0;
  if (choice_ == choices_.size()) choices_.push_back({0, static_cast<std::uint32_t>(count)});
  return choices_[choice_++].chosen;
}

// Stands before every step: whoever can go on may do so now.
void Explorer::let_others_go_first() {
  if (++steps_ > kStepsMax) fail("does not end: a thread goes round and round");
  pass_on();
}

void Explorer::pass_on() {
  const std::size_t from = *running_;
  std::array<std::size_t, kThreadsMax> ready{};
  std::size_t count = 0;
  if (can_go_on(from)) ready[count++] = from;
  for (std::size_t i = 0; i < threads_count_; ++i)
    if (i != from && can_go_on(i)) ready[count++] = i;
  if (count == 0) {
    for (std::size_t i = 0; i < threads_count_; ++i)
      if (!threads_[i].ended) fail("nobody can go on: a wake-up or a release was lost");
    stop(End::kAll);
  }
  // While choices made before are followed again, every state was met before.
  if (!tracing_ && choice_ == choices_.size() && !known_.add(signature())) stop(End::kKnown);
  const std::size_t to = ready[choose(count)];
  if (to == from) return;
  running_ = to;
  ::swapcontext(&threads_[from].context, &threads_[to].context);
}

bool Explorer::can_go_on(std::size_t index) const {
  const Thread& thread = threads_[index];
  if (thread.ended) return false;
  switch (thread.waits) {
    case Waits::kForEventfd: return eventfds_[thread.eventfd] > 0;
    case Waits::kForStore: return memory_.is_behind(index);
    default: return true;
  }
}

std::uint64_t Explorer::signature() {
  std::uint64_t all = memory_.signature();
  for (const std::uint64_t word : arena::used()) all = mixed(all, word);
  for (std::size_t i = 0; i < threads_count_; ++i) {
    const Thread& thread = threads_[i];
    all = mixed(
        all, mixed(thread.history, static_cast<std::uint64_t>(thread.waits) * 2 + (thread.ended ? 1U : 0U)));
  }
  for (const std::uint32_t count : eventfds_) all = mixed(all, count > 0 ? 1U : 0U);
  return all;
}

void Explorer::note(Step step, std::uint64_t what, std::uint64_t saw) {
  Thread& me = threads_[*running_];
  me.history = mixed(mixed(me.history, static_cast<std::uint64_t>(step)), mixed(what, saw));
}

void Explorer::at_loop(std::uint64_t local) {
  threads_[*running_].history = 0;
  note(Step::kLoop, local, 0);
}

// --- atomics ---

std::uint64_t Explorer::load(std::size_t location, std::memory_order order, Place place) {
  if (!running_) return memory_.initial(location);
  let_others_go_first();
  const std::uint32_t age = choose(memory_.readable(*running_, location, order));
  const std::uint64_t value = memory_.read(*running_, location, age, order);
  note(Step::kLoad, location, value);
  trace("loads", location, value, order, place);
  return value;
}

void Explorer::store(std::size_t location, std::uint64_t value, std::memory_order order, Place place) {
  if (!running_) {
    memory_.initial(location) = value;
    return;
  }
  let_others_go_first();
  memory_.append(*running_, location, value, order, false);
  note(Step::kStore, location, value);
  trace("stores", location, value, order, place);
}

std::uint64_t Explorer::exchange(std::size_t location, std::uint64_t value, std::memory_order order,
                                 Place place) {
  if (!running_) return std::exchange(memory_.initial(location), value);
  let_others_go_first();
  const std::uint64_t before = memory_.read(*running_, location, 0, order);
  memory_.append(*running_, location, value, order, true);
  note(Step::kStore, location, before);
  trace("exchanges", location, before, order, place);
  return before;
}

bool Explorer::compare_exchange(std::size_t location, std::uint64_t& expected, std::uint64_t value,
                                std::memory_order success, std::memory_order failure, Place place) {
  let_others_go_first();
  const bool same = memory_.newest(location) == expected;
  const std::memory_order order = same ? success : failure;
  expected = memory_.read(*running_, location, 0, order);
  if (same) memory_.append(*running_, location, value, success, true);
  note(same ? Step::kStore : Step::kLoad, location, expected);
  trace(same ? "swaps" : "fails to swap", location, expected, order, place);
  return same;
}

// --- eventfds, waiting, cells ---

std::size_t Explorer::add_eventfd() {
  eventfds_.push_back(0);
  return eventfds_.size() - 1;
}

void Explorer::signal(std::size_t eventfd) {
  let_others_go_first();
  ++eventfds_[eventfd];
  note(Step::kSignal, eventfd, 0);
  trace("writes the eventfd");
}

void Explorer::drain(std::size_t eventfd) {
  let_others_go_first();
  eventfds_[eventfd] = 0;
  note(Step::kDrain, eventfd, 0);
  trace("reads the eventfd");
}

void Explorer::wait_readable(std::size_t eventfd) {
  trace("waits for the eventfd");
  threads_[*running_].eventfd = eventfd;
  threads_[*running_].waits = Waits::kForEventfd;
  let_others_go_first();
  threads_[*running_].waits = Waits::kNot;
  note(Step::kWaited, eventfd, 0);
}

void Explorer::wait_for_a_store() {
  trace("waits for a store");
  threads_[*running_].waits = Waits::kForStore;
  let_others_go_first();
  threads_[*running_].waits = Waits::kNot;
  memory_.catch_up_by_one(*running_);
  note(Step::kCaughtUp, 0, 0);
}

void Explorer::access(const void* address, bool writes) {
  if (!running_) return;
  if (const char* wrong = memory_.access(*running_, address, writes)) fail(wrong);
}

// --- traces ---

void Explorer::trace(const char* what, std::size_t location, std::uint64_t value, std::memory_order order,
                     Place place) {
  if (!tracing_) return;
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), "%s atomic %zu: %llx, %s (%s:%d)", what, location,
                static_cast<unsigned long long>(value), name(order), place.file, place.line);
  trace(std::string{text.data()});
}

void Explorer::trace(const std::string& what) {
  if (tracing_ && running_) report_.trace.push_back("thread " + std::to_string(*running_) + " " + what);
}

}  // namespace

Report explore(const std::function<std::unique_ptr<Program>()>& make) {
  Explorer one;
  explorer = &one;
  Report report = one.explore(make);
  explorer = nullptr;
  return report;
}

std::size_t add_location(std::uint64_t value) { return explorer->memory().add_location(value); }
std::uint64_t load(std::size_t location, std::memory_order order, Place place) {
  return explorer->load(location, order, place);
}
void store(std::size_t location, std::uint64_t value, std::memory_order order, Place place) {
  explorer->store(location, value, order, place);
}
std::uint64_t exchange(std::size_t location, std::uint64_t value, std::memory_order order, Place place) {
  return explorer->exchange(location, value, order, place);
}
bool compare_exchange(std::size_t location, std::uint64_t& expected, std::uint64_t value,
                      std::memory_order success, std::memory_order failure, Place place) {
  return explorer->compare_exchange(location, expected, value, success, failure, place);
}
std::size_t add_eventfd() { return explorer->add_eventfd(); }
void signal(std::size_t eventfd) { explorer->signal(eventfd); }
void drain(std::size_t eventfd) { explorer->drain(eventfd); }
void wait_readable(std::size_t eventfd) { explorer->wait_readable(eventfd); }
void wait_for_a_store() { explorer->wait_for_a_store(); }
void writes(const void* cell) { explorer->access(cell, true); }
void reads(const void* cell) { explorer->access(cell, false); }
void at_loop(std::uint64_t local) { explorer->at_loop(local); }
void fail(const std::string& why) { explorer->fail(why); }

}  // namespace cairn::model
