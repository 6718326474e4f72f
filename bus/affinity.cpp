#include "bus/affinity.hpp"

#include <pthread.h>
#include <sched.h>

#include <cstddef>
#include <cstdio>

namespace cairn::bus {

namespace {

// What the process was given: taken before any of its threads is pinned.
const cpu_set_t& given() {
  static const cpu_set_t set = [] {
    cpu_set_t all;
    CPU_ZERO(&all);
    ::sched_getaffinity(0, sizeof all, &all);
    return all;
  }();
  return set;
}

// Evaluated before main(), so that given() sees the whole process's set.
[[maybe_unused]] const cpu_set_t& kGivenAtStart = given();

bool move_to(const cpu_set_t& set) {
  return ::pthread_setaffinity_np(::pthread_self(), sizeof set, &set) == 0;
}

}  // namespace

std::vector<int> processors_given() {
  std::vector<int> processors;
  for (int i = 0; i < CPU_SETSIZE; ++i)
    if (CPU_ISSET(static_cast<std::size_t>(i), &given())) processors.push_back(i);
  return processors;
}

void Affinity::pin() {
  if (own_ == kAnyProcessor) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(own_), &set);
  if (!move_to(set)) refused();
}

void Affinity::unpin() {
  if (own_ != kAnyProcessor && !move_to(given())) refused();
}

void Affinity::refused() {
  if (has_warned_) return;
  has_warned_ = true;
  std::fprintf(stderr,
               "cairn: a core could not be pinned to processor %d; it runs wherever the kernel puts it\n",
               own_);
}

}  // namespace cairn::bus
