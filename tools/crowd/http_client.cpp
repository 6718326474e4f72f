#include "tools/crowd/http_client.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "tools/crowd/http_head.hpp"

namespace cairn::crowd {
namespace {

constexpr std::size_t kResponseBytesMax = 1 << 20;
constexpr std::string_view kLineEnd = "\r\n";

template <class Number>
bool parse_number(std::string_view text, Number& out, int base) {
  return std::from_chars(text.data(), text.data() + text.size(), out, base).ec == std::errc();
}

// The bytes of a chunked body, 0 while it is incomplete, -1 when malformed.
std::ptrdiff_t read_chunks(std::string_view text, std::string& body) {
  std::size_t at = 0;
  for (;;) {
    const auto line_end = text.find(kLineEnd, at);
    if (line_end == std::string_view::npos) return 0;
    std::size_t bytes = 0;
    if (!parse_number(text.substr(at, line_end - at), bytes, 16) || bytes > kResponseBytesMax) return -1;
    const std::size_t end = line_end + 2 + bytes;
    if (text.size() < end + 2) return 0;
    body.append(text.substr(line_end + 2, bytes));
    at = end + 2;
    if (bytes == 0) return static_cast<std::ptrdiff_t>(at);
  }
}

}  // namespace

HttpParsed parse_http_response(std::string_view text) {
  HttpParsed parsed;
  const auto head_end = text.find("\r\n\r\n");
  if (head_end == std::string_view::npos) {
    if (text.size() > 16384) parsed.bytes = -1;
    return parsed;
  }
  const auto head = text.substr(0, head_end + 2);
  const auto rest = text.substr(head_end + 4);
  parsed.answer.status = http_status(head);
  if (parsed.answer.status == 0) {
    parsed.bytes = -1;
    return parsed;
  }
  parsed.keeps_alive = !same_text_any_case(http_field(head, "connection"), "close");
  if (same_text_any_case(http_field(head, "transfer-encoding"), "chunked")) {
    const auto bytes = read_chunks(rest, parsed.answer.body);
    parsed.bytes = bytes > 0 ? static_cast<std::ptrdiff_t>(head_end + 4) + bytes : bytes;
    return parsed;
  }
  std::size_t body_bytes = 0;
  const auto length = http_field(head, "content-length");
  if ((!length.empty() && !parse_number(length, body_bytes, 10)) || body_bytes > kResponseBytesMax) {
    parsed.bytes = -1;
  } else if (rest.size() >= body_bytes) {
    parsed.answer.body = std::string(rest.substr(0, body_bytes));
    parsed.bytes = static_cast<std::ptrdiff_t>(head_end + 4 + body_bytes);
  }
  return parsed;
}

HttpClient::HttpClient(Loop& loop, const Address& address, std::string bearer_token)
    : loop_(loop), address_(address), bearer_token_(std::move(bearer_token)) {}

HttpClient::~HttpClient() {
  if (socket_ < 0) return;
  loop_.remove(socket_, ticket_);
  close(socket_);
}

void HttpClient::post(std::string_view path, std::string_view json, Done done) {
  std::string text = "POST " + std::string(path) + " HTTP/1.1\r\nHost: " + address_.host_header;
  if (!bearer_token_.empty()) text += "\r\nAuthorization: Bearer " + bearer_token_;
  text += "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) + "\r\n\r\n";
  text += json;
  queued_.push_back({std::move(text), std::move(done)});
  pump();
}

void HttpClient::pump() {
  if (queued_.empty() && in_flight_.empty()) return;
  if (socket_ < 0) {
    socket_ = start_connect(address_);
    if (socket_ < 0) return lose();
    ticket_ = loop_.add(socket_, *this, true, true);
  }
  while (!queued_.empty() && in_flight_.size() < kPipelined) {
    out_ += queued_.front().text;
    in_flight_.push_back(std::move(queued_.front().done));
    queued_.pop_front();
  }
  if (connected_) flush();
}

void HttpClient::flush() {
  while (!out_.empty()) {
    const auto sent = send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno != EAGAIN) return lose();
      return loop_.change(socket_, ticket_, true, true);
    }
    out_.erase(0, static_cast<std::size_t>(sent));
  }
  loop_.change(socket_, ticket_, true, false);
}

void HttpClient::on_ready(bool readable, bool writable) {
  if (!connected_) {
    if (connect_error(socket_) != 0) return lose();
    if (!writable) return;
    connected_ = true;
  }
  if (readable) read_some();
  if (socket_ >= 0 && connected_ && writable) flush();
}

void HttpClient::read_some() {
  const auto got = recv(socket_, loop_.read_buffer(), Loop::kReadBytes, 0);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) return lose();
  in_.append(loop_.read_buffer(), static_cast<std::size_t>(got));
  if (!take_responses()) return lose();
  pump();
}

bool HttpClient::take_responses() {
  while (!in_.empty() && !in_flight_.empty()) {
    HttpParsed parsed = parse_http_response(in_);
    if (parsed.bytes < 0) return false;
    if (parsed.bytes == 0) return true;
    in_.erase(0, static_cast<std::size_t>(parsed.bytes));
    const Done done = std::move(in_flight_.front());
    in_flight_.pop_front();
    done(parsed.answer);
    if (!parsed.keeps_alive) return false;
  }
  return in_.empty();
}

void HttpClient::lose() {
  if (socket_ >= 0) {
    loop_.remove(socket_, ticket_);
    close(socket_);
  }
  socket_ = -1;
  connected_ = false;
  out_.clear();
  in_.clear();
  std::deque<Done> lost;
  lost.swap(in_flight_);
  // What was asked may or may not have happened; whoever asked decides whether to ask again. What was still
  // queued goes out on the next connection.
  for (const Done& done : lost) done(HttpAnswer{});
  if (socket_ < 0) pump();
}

}  // namespace cairn::crowd
