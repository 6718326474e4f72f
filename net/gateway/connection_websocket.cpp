// The WebSocket half of a connection. Beast reads and checks frames; everything that is sent goes by the send
// path.
#include <algorithm>
#include <array>
#include <boost/asio/bind_allocator.hpp>
#include <cstring>

#include "net/gateway/connection_http.hpp"

namespace cairn::net {
namespace {

namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t kInBytes = 512;  // most messages; a longer one takes more and gives it back

}  // namespace

void Connection::accept_websocket() {
  const auto& message = http_->parser->get();
  websocket_.emplace(WireLayer(socket_, *this));
  websocket_->read_message_max(kMessageBytesMax);
  websocket_->set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(boost::beast::http::field::server, "cairn");
    response.set(boost::beast::http::field::sec_websocket_protocol, "cairn.v1.json");
  }));
  websocket_->control_callback(
      [this](websocket::frame_type kind, boost::beast::string_view) { on_control(kind); });
  ++handlers_;
  websocket_->async_accept(message, [this](const error_code& error) {
    --handlers_;
    if (phase_ != Phase::kHandshake) return;
    if (error) {
      // Beast has written its 400: the connection ends behind it.
      ++gateway_.counters_.refused_handshakes;
      return begin_closing();
    }
    opened();
  });
}

void Connection::opened() {
  phase_ = Phase::kOpen;
  heard_ns_ = gateway_.context_.clock.steady_ns();
  // A client may not send before it has our answer; bytes that came behind the request belong to no frame.
  const bool spoke_early = http_->buffer.size() > 0;
  http_.reset();
  session_ = std::make_unique<Session>(
      gateway_.context_, *this, actors::SessionRef{gateway_.options_.core, slot_, generation_}, address_);
  ++gateway_.counters_.sockets;
  if (spoke_early)
    return close(CloseCode::kProtocolError, "Frames may be sent when the handshake was answered.");
  in_ = std::make_unique_for_overwrite<char[]>(kInBytes);
  in_capacity_ = kInBytes;
  read_message();
}

void Connection::read_message() {
  is_reading_ = true;
  ++handlers_;
  websocket_->async_read_some(boost::asio::buffer(in_.get() + in_bytes_, in_capacity_ - in_bytes_),
                              boost::asio::bind_allocator(HandlerAllocator<std::byte>(read_memory_.place()),
                                                          [this](const error_code& error, std::size_t bytes) {
                                                            --handlers_;
                                                            is_reading_ = false;
                                                            on_message_bytes(error, bytes);
                                                          }));
}

void Connection::on_message_bytes(const error_code& error, std::size_t bytes) {
  if (phase_ == Phase::kDead) return;
  if (error) return on_read_error(error);
  heard();
  if (phase_ != Phase::kOpen) {  // we have closed; what the peer still says is read and dropped
    in_bytes_ = 0;
    return read_message();
  }
  in_bytes_ += bytes;
  if (websocket_->got_binary()) {
    session_->on_binary();
  } else if (websocket_->is_message_done()) {
    on_message();
  } else {
    make_room();
  }
  if (phase_ == Phase::kDead || is_reading_) return;
  if (phase_ != Phase::kOpen || session_->wants_read()) read_message();
}

void Connection::on_message() {
  session_->on_text({in_.get(), in_bytes_});
  in_bytes_ = 0;
  if (in_capacity_ == kInBytes) return;
  in_ = std::make_unique_for_overwrite<char[]>(kInBytes);
  in_capacity_ = kInBytes;
}

// Beast refuses what is longer than kMessageBytesMax, so the buffer never grows beyond it.
void Connection::make_room() {
  if (in_bytes_ < in_capacity_) return;
  const std::size_t capacity = std::min(in_capacity_ * 4, kMessageBytesMax + 1);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity);
  std::memcpy(larger.get(), in_.get(), in_bytes_);
  in_ = std::move(larger);
  in_capacity_ = capacity;
}

// The peer closed, or broke the protocol and Beast has written its close frame, or the connection is lost.
void Connection::on_read_error(const error_code& error) {
  session_->on_closed();
  if (phase_ == Phase::kLingering) return wait_for_end();
  const bool of_protocol =
      error.category() == websocket::make_error_code(websocket::error::closed).category();
  if (!of_protocol && !close_sent_) return abort();
  if (phase_ == Phase::kOpen) begin_closing();
}

void Connection::on_control(websocket::frame_type kind) {
  heard();
  if (kind != websocket::frame_type::ping) return;
  const std::int64_t now = gateway_.context_.clock.steady_ns();
  if (!control_frames_.take(now, kNsPerSecond / kRequestsPerSecond, kRequestsBurst))
    close(CloseCode::kPolicy, "Too many pings.");
}

void Connection::heard() {
  heard_ns_ = gateway_.context_.clock.steady_ns();
  pinged_ns_ = 0;
}

// --- what is sent ---

void Connection::on_wire_bytes(std::string_view bytes) {
  if (close_sent_ || phase_ == Phase::kDead) return;
  if (phase_ == Phase::kOpen && (static_cast<unsigned char>(bytes[0]) & 15U) == 8) {
    close_sent_ = true;
    const auto high = static_cast<unsigned char>(bytes.size() >= 4 ? bytes[2] : 0);
    const auto low = static_cast<unsigned char>(bytes.size() >= 4 ? bytes[3] : 0);
    gateway_.counters_.closes.count(static_cast<std::uint16_t>(bytes.size() >= 4 ? high << 8U | low : 1000));
  }
  out_.append(bytes);
  gateway_.mark_dirty(slot_);
}

void Connection::send(std::string_view json) {
  if (phase_ != Phase::kOpen) return;
  // A state alone may be larger than what may wait behind it.
  if (out_.pending() == 0) largest_pending_ = 0;
  if (out_.pending() > largest_pending_ + kPendingBytesMax) {
    ++gateway_.counters_.too_slow;
    return close(CloseCode::kTooSlow, "Too much is waiting for this connection.");
  }
  largest_pending_ = std::max(largest_pending_, json.size());
  out_.append_frame(Opcode::kText, json);
  gateway_.mark_dirty(slot_);
}

void Connection::close(CloseCode code, std::string_view reason) {
  if (phase_ != Phase::kOpen) return;
  session_->on_closed();
  if (!close_sent_) {
    close_sent_ = true;
    const auto number = static_cast<std::uint16_t>(code);
    gateway_.counters_.closes.count(number);
    std::array<char, 125> payload{};
    payload[0] = static_cast<char>(number >> 8U);
    payload[1] = static_cast<char>(number & 255U);
    const std::size_t bytes = std::min(reason.size(), payload.size() - 2);
    reason.copy(payload.data() + 2, bytes);
    out_.append_frame(Opcode::kClose, {payload.data(), bytes + 2});
  }
  begin_closing();
}

void Connection::begin_closing() {
  phase_ = Phase::kClosing;
  ends_when_drained_ = true;
  deadline_ns_ = gateway_.context_.clock.steady_ns() + kCloseWithinNs;
  gateway_.stopped(slot_);
  gateway_.mark_dirty(slot_);
  // Whoever waits for a turn reads no more; the peer's close is read all the same.
  if (!is_reading_ && websocket_ && websocket_->is_open() && session_ != nullptr && in_ != nullptr)
    read_message();
}

}  // namespace cairn::net
