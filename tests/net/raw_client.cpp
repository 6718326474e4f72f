#include "tests/net/raw_client.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace cairn::test {

RawClient::RawClient(std::uint16_t port, int receive_bytes)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  REQUIRE(fd_ >= 0);
  if (receive_bytes > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::fcntl(fd_, F_SETFL, O_NONBLOCK) == 0);
}

RawClient::~RawClient() { close(); }

void RawClient::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void RawClient::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return;  // the server has ended it; the test looks at what it said
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void RawClient::upgrade(std::string_view path, std::string_view protocol, std::string_view extra_headers) {
  std::string request = "GET " + std::string(path) + " HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\n";
  request +=
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  if (!protocol.empty()) request += "Sec-WebSocket-Protocol: " + std::string(protocol) + "\r\n";
  write(request + std::string(extra_headers) + "\r\n");
}

void RawClient::frame(std::uint8_t first_byte, std::string_view payload, bool masked) {
  std::string bytes(1, static_cast<char>(first_byte));
  const auto mask_bit = static_cast<unsigned>(masked ? 0x80 : 0);
  if (payload.size() < 126) {
    bytes += static_cast<char>(mask_bit | payload.size());
  } else if (payload.size() <= 0xffff) {
    bytes += static_cast<char>(mask_bit | 126U);
    bytes += static_cast<char>(payload.size() >> 8U);
    bytes += static_cast<char>(payload.size() & 255U);
  } else {
    bytes += static_cast<char>(mask_bit | 127U);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift & 255U);
  }
  constexpr std::string_view kMask = "\x01\x02\x03\x04";
  if (masked) bytes += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    bytes += masked ? static_cast<char>(payload[i] ^ kMask[i % 4]) : payload[i];
  write(bytes);
}

void RawClient::look(std::size_t bytes_max) {
  std::string chunk(std::min<std::size_t>(bytes_max, 64 * 1024), '\0');
  while (fd_ >= 0 && bytes_max > 0) {
    const ssize_t bytes = ::recv(fd_, chunk.data(), std::min(bytes_max, chunk.size()), 0);
    if (bytes <= 0) {
      if (bytes == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) ended_ = true;
      return;
    }
    in_.append(chunk, 0, static_cast<std::size_t>(bytes));
    bytes_max -= static_cast<std::size_t>(bytes);
  }
}

std::optional<std::string> RawClient::head() {
  const std::size_t end = in_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  std::string text = in_.substr(0, end + 4);
  in_.erase(0, end + 4);
  return text;
}

std::optional<std::string> RawClient::response() {
  const std::size_t end = in_.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  const std::size_t length = in_.find("Content-Length: ");
  const std::size_t body = length < end ? std::stoul(in_.substr(length + 16)) : 0;
  if (in_.size() < end + 4 + body) return std::nullopt;
  std::string text = in_.substr(0, end + 4 + body);
  in_.erase(0, end + 4 + body);
  return text;
}

std::optional<Frame> RawClient::next_frame() {
  const auto byte = [this](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(in_[i]));
  };
  if (in_.size() < 2) return std::nullopt;
  std::size_t head = 2;
  std::size_t length = byte(1);
  if (length >= 126) {
    const std::size_t length_bytes = length == 126 ? 2 : 8;
    head += length_bytes;
    if (in_.size() < head) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length = length << 8U | byte(2 + i);
  }
  if (in_.size() < head + length) return std::nullopt;
  // A server never masks, never fragments, and sets no reserved bit.
  REQUIRE((byte(0) & 0xf0U) == 0x80U);
  REQUIRE((byte(1) & 0x80U) == 0U);
  Frame frame{static_cast<std::uint8_t>(byte(0) & 15U), in_.substr(head, length)};
  in_.erase(0, head + length);
  return frame;
}

}  // namespace cairn::test
