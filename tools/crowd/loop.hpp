// One epoll set and a precise timer: all sockets of the crowd on one thread.
//
// Owner: the crowd. Threads: the one that runs it. Bounds: 512 events a turn; a socket is named by slot and
// generation, so an event of a socket closed in the same turn reaches nobody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bus/result.hpp"

namespace cairn::crowd {

class SocketHandler {
 public:
  virtual void on_ready(bool readable, bool writable) = 0;

 protected:
  SocketHandler() = default;
  SocketHandler(const SocketHandler&) = default;
  SocketHandler& operator=(const SocketHandler&) = default;
  ~SocketHandler() = default;
};

// Where a socket stands in the loop.
struct LoopTicket {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;
};

class Loop {
 public:
  static constexpr std::size_t kReadBytes = 65536;
  // At least this long from one turn to the next. A broadcast reaches 6,000 sockets one after the other;
  // waking for each would cost both processes a third of what they do. Latencies are overstated by up to
  // this, never flattered.
  static constexpr std::uint64_t kGatherNs = 500'000;

  [[nodiscard]] static Result<std::unique_ptr<Loop>> make();
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  [[nodiscard]] LoopTicket add(int socket, SocketHandler& handler, bool readable, bool writable);
  void change(int socket, LoopTicket ticket, bool readable, bool writable);
  // Must be called before the socket is closed.
  void remove(int socket, LoopTicket ticket);

  // Waits for sockets until `until_ns` at the latest and handles what is ready.
  void turn(std::uint64_t now_ns, std::uint64_t until_ns);

  // What every socket is read into; nothing in it survives the call that read.
  [[nodiscard]] char* read_buffer() { return read_buffer_.get(); }

 private:
  struct Slot {
    SocketHandler* handler = nullptr;
    std::uint32_t generation = 0;
  };

  Loop(int epoll, int timer);
  void arm(std::uint64_t now_ns, std::uint64_t until_ns);
  void gather(std::uint64_t now_ns, std::uint64_t until_ns);

  int epoll_;
  int timer_;
  std::uint64_t armed_ns_ = 0;
  std::uint64_t turned_ns_ = 0;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::unique_ptr<char[]> read_buffer_;
};

}  // namespace cairn::crowd
