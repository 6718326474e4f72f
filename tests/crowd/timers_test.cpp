// Goal: calls happen when they are due, in order. Breaks: equal times, calls that add calls.
#include "tools/crowd/timers.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace cairn::crowd;

TEST_CASE("calls run by time, and equal times in the order they were asked for") {
  Timers timers;
  std::string order;
  timers.at(20, [&] { order += 'c'; });
  timers.at(10, [&] { order += 'a'; });
  timers.at(10, [&] { order += 'b'; });
  timers.at(30, [&] { order += 'd'; });
  CHECK(timers.next_ns() == 10);
  timers.run_due(25);
  CHECK(order == "abc");
  CHECK(timers.next_ns() == 30);
}

TEST_CASE("a call may ask for another one that is due at once") {
  Timers timers;
  int runs = 0;
  timers.at(5, [&] { timers.at(6, [&] { ++runs; }); });
  timers.run_due(10);
  CHECK(runs == 1);
  CHECK(timers.next_ns() == UINT64_MAX);
}
