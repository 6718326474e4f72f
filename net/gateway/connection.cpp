// What a connection does whatever it speaks: it begins, ends, and hands its bytes to the send path.
#include "net/gateway/connection.hpp"

#include <sys/socket.h>

#include <boost/asio/bind_allocator.hpp>

#include "bus/assert.hpp"
#include "net/gateway/connection_http.hpp"

namespace cairn::net {

using boost::system::error_code;

Connection::Connection(Gateway& gateway, std::uint32_t slot, std::uint64_t generation, int fd,
                       Audience audience, AddressKey address)
    : gateway_(gateway),
      slot_(slot),
      generation_(generation),
      audience_(audience),
      address_(address),
      deadline_ns_(gateway.context_.clock.steady_ns() + kHttpRequestWithinNs),
      socket_(gateway.io_),
      out_(gateway.large_buffers_),
      http_(std::make_unique<Http>()),
      read_memory_(gateway.handler_misses_),
      wait_memory_(gateway.handler_misses_) {
  error_code error;
  socket_.assign(boost::asio::ip::tcp::v4(), fd, error);
  if (error) ::close(fd);
  socket_.non_blocking(true, error);
}

Connection::~Connection() { CAIRN_ASSERT(handlers_ == 0); }

bool Connection::on_turn() {
  if (phase_ == Phase::kHttp) {
    if (http_->waits_for_turn) answer_http();
    return false;
  }
  if (session_ == nullptr || phase_ != Phase::kOpen) return false;
  const bool more = session_->on_turn();
  if (phase_ == Phase::kOpen && !is_reading_ && session_->wants_read()) read_message();
  return more;
}

void Connection::on_reply(std::string_view request_id, const actors::Reply& reply) {
  if (phase_ == Phase::kHttp) {
    if (!http_->waits_for_reply) return;
    http_->waits_for_reply = false;
    return respond(gateway_.app(audience_).on_reply(*this, reply), http_->head_only, http_->keep_alive);
  }
  if (phase_ != Phase::kOpen) return;
  session_->on_reply(request_id, reply);
  if (!is_reading_ && session_->wants_read()) read_message();
}

void Connection::on_deadlines(std::int64_t now_ns) {
  switch (phase_) {
    case Phase::kDead: return;
    case Phase::kOpen: break;
    default:
      if (now_ns >= deadline_ns_) abort();
      return;
  }
  session_->on_deadlines();
  if (phase_ != Phase::kOpen) return;
  if (pinged_ns_ != 0) {
    if (now_ns - pinged_ns_ >= kPongWithinNs && is_reading_)
      close(CloseCode::kNoPong, "No answer to a ping.");
  } else if (now_ns - heard_ns_ >= kHeartbeatNs) {
    pinged_ns_ = now_ns;
    ++gateway_.counters_.pings;
    out_.append_frame(Opcode::kPing, {});
    gateway_.mark_dirty(slot_);
  }
}

void Connection::on_drained() {
  if (ends_when_drained_ && phase_ == Phase::kClosing) linger();
}

void Connection::on_blocked() {
  ++handlers_;
  socket_.async_wait(Socket::wait_write,
                     boost::asio::bind_allocator(HandlerAllocator<std::byte>(wait_memory_.place()),
                                                 [this](const error_code& error) {
                                                   --handlers_;
                                                   if (phase_ == Phase::kDead) return;
                                                   if (error) return abort();
                                                   gateway_.became_writable(slot_);
                                                 }));
}

// Everything was written. Our side is closed; the peer's end, or the deadline, ends the rest, so that bytes
// still under way are not answered by a reset that would destroy what the peer has not read yet.
void Connection::linger() {
  phase_ = Phase::kLingering;
  deadline_ns_ = gateway_.context_.clock.steady_ns() + kCloseWithinNs;
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  if (error) return abort();
  if (!is_reading_) wait_for_end();
}

void Connection::wait_for_end() {
  ++handlers_;
  is_reading_ = true;
  socket_.async_wait(Socket::wait_read,
                     boost::asio::bind_allocator(HandlerAllocator<std::byte>(read_memory_.place()),
                                                 [this](const error_code& error) {
                                                   --handlers_;
                                                   is_reading_ = false;
                                                   if (phase_ == Phase::kDead) return;
                                                   if (error) return abort();
                                                   discard_input();
                                                 }));
}

void Connection::discard_input() {
  std::array<char, 4096> unwanted;
  for (int i = 0; i < 4; ++i) {
    const ssize_t bytes = ::recv(socket_.native_handle(), unwanted.data(), unwanted.size(), MSG_DONTWAIT);
    if (bytes > 0) continue;
    if (bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) break;
    return abort();
  }
  wait_for_end();
}

void Connection::abort() {
  if (phase_ == Phase::kDead) return;
  phase_ = Phase::kDead;
  if (session_ != nullptr) session_->on_closed();
  error_code error;
  socket_.close(error);
  gateway_.ended(slot_);
}

}  // namespace cairn::net
