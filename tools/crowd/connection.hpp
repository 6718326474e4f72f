// One player's WebSocket, from the TCP connect to its end: handshake, frames parsed where they were read,
// pings answered, closes understood.
//
// Owner: a player. Threads: the loop's. Bounds: about 200 bytes while nothing is half received; a frame or a
// message of at most 16 MiB. When full: the connection counts as broken by the server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tools/crowd/address.hpp"
#include "tools/crowd/codec.hpp"
#include "tools/crowd/loop.hpp"

namespace cairn::crowd {

enum class LostBy : std::uint8_t {
  refused,    // no TCP connection, or an HTTP answer that is not 101 (`code` is its status, 0 without one)
  close,      // the server's close frame, `code` is its code
  end,        // the stream ended or was reset without a close frame
  bad_frames  // what came was not RFC 6455, or not the protocol's subprotocol
};

class ConnectionEvents {
 public:
  virtual void on_open() = 0;
  virtual void on_text(std::string_view text, std::uint64_t now_ns) = 0;
  virtual void on_lost(LostBy how, std::uint16_t code) = 0;

 protected:
  ConnectionEvents() = default;
  ConnectionEvents(const ConnectionEvents&) = default;
  ConnectionEvents& operator=(const ConnectionEvents&) = default;
  ~ConnectionEvents() = default;
};

class Connection final : public SocketHandler {
 public:
  Connection(Loop& loop, ConnectionEvents& events) : loop_(loop), events_(events) {}
  ~Connection() { reset(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Begins to connect; on_open or on_lost follows. `number` gives the handshake's key and the masks.
  // A small receive buffer makes a client that stops reading felt early.
  void open(const Address& address, std::uint64_t number, bool small_buffer);
  void send_text(std::string_view text) { send_frame(Opcode::text, text); }
  // Ends it with an RST, as a telephone that loses its network would at best; nobody is told.
  void reset();
  // Says goodbye (1000) and closes.
  void leave();
  // A client that hangs: it keeps the connection and reads no more until read_on().
  void stop_reading();
  void read_on();

  void on_ready(bool readable, bool writable) override;

 private:
  enum class State : std::uint8_t { closed, connecting, handshaking, open };

  void send_handshake();
  void send_frame(Opcode opcode, std::string_view payload);
  void flush();
  void read_some();
  std::size_t take(std::string_view bytes, std::uint64_t now_ns);
  std::size_t take_handshake(std::string_view bytes);
  std::size_t take_frame(std::string_view bytes, std::uint64_t now_ns);
  void take_data(const FrameHead& head, std::string_view payload, std::uint64_t now_ns);
  void lose(LostBy how, std::uint16_t code);
  void end_socket(bool abort);

  Loop& loop_;
  ConnectionEvents& events_;
  const Address* address_ = nullptr;
  std::unique_ptr<std::string> fragments_;  // of a message that comes in several frames
  std::string in_;                          // the beginning of a frame whose rest has not come
  std::string out_;                         // what the socket did not take
  std::uint64_t number_ = 0;
  std::uint32_t life_ = 0;  // changes when the socket does, so that a caller notices that it is gone
  LoopTicket ticket_;
  int socket_ = -1;
  State state_ = State::closed;
  bool reads_ = true;
  bool awaits_write_ = false;
};

}  // namespace cairn::crowd
