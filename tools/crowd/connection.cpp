#include "tools/crowd/connection.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "tools/crowd/http_head.hpp"
#include "tools/crowd/random.hpp"
#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

constexpr std::size_t kMessageBytesMax = 16U << 20;
constexpr std::size_t kHandshakeBytesMax = 16384;
constexpr std::string_view kSubprotocol = "cairn.v1.json";

}  // namespace

void Connection::open(const Address& address, std::uint64_t number, bool small_buffer) {
  reset();
  address_ = &address;
  number_ = number;
  socket_ = start_connect(address);
  if (socket_ < 0) return lose(LostBy::refused, 0);
  if (small_buffer) {
    const int bytes = 16 * 1024;
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }
  state_ = State::connecting;
  reads_ = true;
  awaits_write_ = true;
  ticket_ = loop_.add(socket_, *this, true, true);
}

void Connection::reset() { end_socket(true); }

void Connection::leave() {
  send_frame(Opcode::close, std::string_view("\x03\xe8", 2));
  end_socket(false);
}

void Connection::end_socket(bool abort) {
  if (socket_ >= 0) {
    const linger at_once{1, 0};
    if (abort) setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    if (state_ != State::closed) loop_.remove(socket_, ticket_);
    close(socket_);
  }
  socket_ = -1;
  state_ = State::closed;
  fragments_.reset();
  std::string().swap(in_);
  std::string().swap(out_);
  ++life_;
}

void Connection::lose(LostBy how, std::uint16_t code) {
  reset();
  events_.on_lost(how, code);
}

void Connection::stop_reading() {
  if (state_ != State::open) return;
  reads_ = false;
  loop_.change(socket_, ticket_, false, awaits_write_);
}

void Connection::read_on() {
  if (state_ != State::open) return;
  reads_ = true;
  loop_.change(socket_, ticket_, true, awaits_write_);
}

void Connection::on_ready(bool readable, bool writable) {
  if (state_ == State::connecting) {
    if (connect_error(socket_) != 0) return lose(LostBy::refused, 0);
    if (!writable) return;
    state_ = State::handshaking;
    return send_handshake();
  }
  const std::uint32_t life = life_;
  // A client that hangs still notices that the server has given it up.
  if (readable) {
    if (!reads_) return lose(LostBy::end, 0);
    read_some();
  }
  if (writable && life == life_) flush();
}

void Connection::send_handshake() {
  out_ = "GET /v1/play HTTP/1.1\r\nHost: " + address_->host_header +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
         handshake_key(number_) + "\r\nSec-WebSocket-Protocol: ";
  out_ += kSubprotocol;
  out_ += "\r\n\r\n";
  flush();
}

void Connection::send_frame(Opcode opcode, std::string_view payload) {
  if (state_ != State::open) return;
  const bool was_empty = out_.empty();
  number_ += 0x9e3779b97f4a7c15ULL;
  append_client_frame(out_, opcode, payload, static_cast<std::uint32_t>(mix64(number_)));
  if (was_empty) flush();
}

void Connection::flush() {
  std::size_t done = 0;
  while (done < out_.size()) {
    const auto sent = send(socket_, out_.data() + done, out_.size() - done, MSG_NOSIGNAL);
    if (sent < 0) {
      // A broken connection is reported by the read that follows, never from inside a send.
      if (errno != EAGAIN) done = out_.size();
      break;
    }
    done += static_cast<std::size_t>(sent);
  }
  const bool stuck = done < out_.size();
  out_.erase(0, done);
  if (!stuck) std::string().swap(out_);
  if (stuck == awaits_write_) return;
  awaits_write_ = stuck;
  loop_.change(socket_, ticket_, reads_, stuck);
}

void Connection::read_some() {
  char* const buffer = loop_.read_buffer();
  const std::uint32_t life = life_;
  const std::size_t held = in_.size();
  // A small rest is put before what comes and parsed in the shared buffer; a large frame grows in its own.
  const bool shared = held <= Loop::kReadBytes / 2;
  const std::size_t room = shared ? Loop::kReadBytes - held : Loop::kReadBytes;
  if (!shared) in_.resize(held + room);
  char* const start = shared ? buffer : in_.data();
  if (shared) std::memcpy(start, in_.data(), held);
  const auto got = recv(socket_, start + held, room, 0);
  const std::size_t bytes = held + (got > 0 ? static_cast<std::size_t>(got) : 0);
  if (!shared) in_.resize(bytes);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return lose(state_ == State::open ? LostBy::end : LostBy::refused, 0);
  const std::size_t taken = take({start, bytes}, now_ns());
  if (life != life_) return;
  if (taken == bytes) {
    std::string().swap(in_);
  } else if (shared) {
    in_.assign(start + taken, bytes - taken);
  } else {
    in_.erase(0, taken);
  }
  if (in_.size() > kMessageBytesMax) lose(LostBy::bad_frames, 1009);
}

std::size_t Connection::take(std::string_view bytes, std::uint64_t now_ns) {
  const std::uint32_t life = life_;
  std::size_t taken = 0;
  while (taken < bytes.size()) {
    const auto rest = bytes.substr(taken);
    const std::size_t more = state_ == State::open ? take_frame(rest, now_ns) : take_handshake(rest);
    if (more == 0 || life != life_) break;
    taken += more;
  }
  return taken;
}

std::size_t Connection::take_handshake(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    if (bytes.size() > kHandshakeBytesMax) lose(LostBy::bad_frames, 0);
    return 0;
  }
  const auto head = bytes.substr(0, end + 2);
  const int status = http_status(head);
  if (status != 101) {
    lose(LostBy::refused, static_cast<std::uint16_t>(status));
    return 0;
  }
  if (http_field(head, "sec-websocket-accept") != handshake_accept(handshake_key(number_)) ||
      http_field(head, "sec-websocket-protocol") != kSubprotocol) {
    lose(LostBy::bad_frames, 0);
    return 0;
  }
  state_ = State::open;
  events_.on_open();
  return end + 4;
}

std::size_t Connection::take_frame(std::string_view bytes, std::uint64_t now_ns) {
  FrameHead head;
  const HeadRead read = read_head(bytes, head);
  if (read == HeadRead::incomplete) return 0;
  if (read == HeadRead::malformed || head.payload_bytes > kMessageBytesMax) {
    lose(LostBy::bad_frames, 1002);
    return 0;
  }
  const auto payload_bytes = static_cast<std::size_t>(head.payload_bytes);
  if (bytes.size() < head.head_bytes + payload_bytes) return 0;
  take_data(head, bytes.substr(head.head_bytes, payload_bytes), now_ns);
  return head.head_bytes + payload_bytes;
}

void Connection::take_data(const FrameHead& head, std::string_view payload, std::uint64_t now_ns) {
  switch (head.opcode) {
    case Opcode::text:
      if (fragments_) return lose(LostBy::bad_frames, 1002);
      if (head.fin) return events_.on_text(payload, now_ns);
      fragments_ = std::make_unique<std::string>(payload);
      return;
    case Opcode::continuation: {
      if (!fragments_ || fragments_->size() + payload.size() > kMessageBytesMax) {
        return lose(LostBy::bad_frames, 1002);
      }
      fragments_->append(payload);
      if (!head.fin) return;
      const auto message = std::move(fragments_);
      return events_.on_text(*message, now_ns);
    }
    case Opcode::ping: return send_frame(Opcode::pong, payload);
    case Opcode::pong: return;
    case Opcode::close:
      send_frame(Opcode::close, payload.substr(0, 2));
      return lose(LostBy::close, close_code(payload));
    case Opcode::binary: break;
  }
  lose(LostBy::bad_frames, 1003);
}

}  // namespace cairn::crowd
