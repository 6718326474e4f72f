// Explores every interleaving of a small program of two or three threads, under the memory model of C++: a
// load may return any store that coherence, happens-before and the order of seq_cst operations leave open,
// not only the newest.
//
// The seam headers (seam/bus) turn the atomics, cells and eventfds of bus/ into calls of this; so the program
// runs the very text of bus/ring.hpp and its neighbours. It is run again and again from the start, each time
// with another sequence of choices (who goes next, which store a load returns), depth first, until none is
// left; a state that was met before is not entered again. What is found: a race on a cell, a wake-up that is
// lost (nobody can go on), a failed assertion, a program that does not end, and whatever the program itself
// checks.
//
// Left out, so not found: a load that returns a store which comes later in every execution (no load
// buffering), stores to one variable whose modification order differs from the order in which they ran,
// compare_exchange_weak failing for no reason. Two states are taken for one if their 64-bit signatures agree.
//
// Owner: a test's main. Threads: one; the program's threads are fibers. Bounds: below. When full: it says so
// and fails.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cairn::model {

inline constexpr std::size_t kThreadsMax = 4;
inline constexpr std::size_t kLocationsMax = 32;
inline constexpr std::size_t kStepsMax = 500;  // of one run: more is taken for a program that does not end
inline constexpr std::uint64_t kStatesMax = 20'000'000;

class Program {
 public:
  virtual ~Program() = default;
  [[nodiscard]] virtual std::size_t threads() const = 0;
  // What the thread does; from the start to the end of every run.
  virtual void run(std::size_t thread) = 0;
  // When all have ended: what is amiss, or nothing.
  [[nodiscard]] virtual std::string amiss() const { return {}; }
};

struct Report {
  bool good = false;
  std::string failure;             // of the first run that failed
  std::vector<std::string> trace;  // its steps, with the lines of bus/ that took them
  std::uint64_t runs = 0;
  std::uint64_t states = 0;
  std::uint64_t steps = 0;
};

[[nodiscard]] Report explore(const std::function<std::unique_ptr<Program>()>& make);

// Where in bus/ a step is taken.
struct Place {
  const char* file;
  int line;
};

// --- what the seam calls ---
std::size_t add_location(std::uint64_t value);
std::uint64_t load(std::size_t location, std::memory_order order, Place place);
void store(std::size_t location, std::uint64_t value, std::memory_order order, Place place);
std::uint64_t exchange(std::size_t location, std::uint64_t value, std::memory_order order, Place place);
bool compare_exchange(std::size_t location, std::uint64_t& expected, std::uint64_t value,
                      std::memory_order success, std::memory_order failure, Place place);

std::size_t add_eventfd();
void signal(std::size_t eventfd);
void drain(std::size_t eventfd);

// --- what a program calls ---

// This thread now writes, or reads, the cell that stands at an address.
void writes(const void* cell);
void reads(const void* cell);
// This thread is at the top of a loop again: what it does from here on depends on the program's bytes
// (arena.hpp) and atomics, and of its own past on `local` alone. Thus two ways to the same place become one.
void at_loop(std::uint64_t local);
// Waits until the eventfd is readable, for ever if need be.
void wait_readable(std::size_t eventfd);
// Waits until another thread has stored something that this one has not seen yet, and then sees a little
// more.
void wait_for_a_store();
// Ends this run, and with it the exploration.
[[noreturn]] void fail(const std::string& why);

}  // namespace cairn::model
