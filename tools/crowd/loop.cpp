#include "tools/crowd/loop.hpp"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

constexpr std::uint64_t kTimerName = UINT64_MAX;

epoll_event interest(std::uint64_t name, bool readable, bool writable) {
  epoll_event event{};
  event.events = (readable ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                 (writable ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
  event.data.u64 = name;
  return event;
}

std::uint64_t name_of(LoopTicket ticket) {
  return static_cast<std::uint64_t>(ticket.generation) << 32 | ticket.slot;
}

}  // namespace

Result<std::unique_ptr<Loop>> Loop::make() {
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (epoll < 0 || timer < 0)
    return failure(std::string("cannot make an epoll set: ") + std::strerror(errno));
  auto event = interest(kTimerName, true, false);
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event);
  return std::unique_ptr<Loop>(new Loop(epoll, timer));
}

Loop::Loop(int epoll, int timer)
    : epoll_(epoll), timer_(timer), read_buffer_(std::make_unique<char[]>(kReadBytes)) {}

Loop::~Loop() {
  close(timer_);
  close(epoll_);
}

LoopTicket Loop::add(int socket, SocketHandler& handler, bool readable, bool writable) {
  if (free_slots_.empty()) {
    free_slots_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_slots_.back();
  free_slots_.pop_back();
  slots_[index].handler = &handler;
  const LoopTicket ticket{index, slots_[index].generation};
  auto event = interest(name_of(ticket), readable, writable);
  epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  return ticket;
}

void Loop::change(int socket, LoopTicket ticket, bool readable, bool writable) {
  auto event = interest(name_of(ticket), readable, writable);
  epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
}

void Loop::remove(int socket, LoopTicket ticket) {
  epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
  slots_[ticket.slot].handler = nullptr;
  ++slots_[ticket.slot].generation;
  free_slots_.push_back(ticket.slot);
}

void Loop::arm(std::uint64_t now_ns, std::uint64_t until_ns) {
  if (until_ns == armed_ns_) return;
  armed_ns_ = until_ns;
  // The steady clock is CLOCK_MONOTONIC. A time in the past would disarm the timer if it were zero.
  const std::uint64_t due_ns = until_ns > now_ns ? until_ns : now_ns + 1;
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(due_ns / kNsPerSecond);
  when.it_value.tv_nsec = static_cast<long>(due_ns % kNsPerSecond);
  timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
}

void Loop::gather(std::uint64_t now_ns, std::uint64_t until_ns) {
  const std::uint64_t next_ns = std::min(turned_ns_ + kGatherNs, until_ns);
  turned_ns_ = std::max(now_ns, next_ns);
  if (next_ns <= now_ns) return;
  timespec when{};
  when.tv_sec = static_cast<time_t>(next_ns / kNsPerSecond);
  when.tv_nsec = static_cast<long>(next_ns % kNsPerSecond);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr);
}

void Loop::turn(std::uint64_t now_ns, std::uint64_t until_ns) {
  constexpr int kEventsMax = 512;
  gather(now_ns, until_ns);
  const bool due = until_ns <= turned_ns_;
  if (!due) arm(now_ns, until_ns);
  epoll_event events[kEventsMax];
  const int count = epoll_wait(epoll_, events, kEventsMax, due ? 0 : -1);
  for (int at = 0; at < count; ++at) {
    const std::uint64_t name = events[at].data.u64;
    if (name == kTimerName) {
      std::uint64_t expirations = 0;
      (void)!read(timer_, &expirations, sizeof expirations);
      armed_ns_ = 0;
      continue;
    }
    const auto slot = static_cast<std::uint32_t>(name);
    if (slots_[slot].generation != static_cast<std::uint32_t>(name >> 32)) continue;
    const std::uint32_t flags = events[at].events;
    // An error or hang-up is found by whichever call the handler makes next.
    const bool broken = (flags & (EPOLLERR | EPOLLHUP)) != 0;
    slots_[slot].handler->on_ready(broken || (flags & EPOLLIN) != 0, broken || (flags & EPOLLOUT) != 0);
  }
}

}  // namespace cairn::crowd
