#include "net/gateway/listener.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace cairn::net {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Of IPv6 the network: one household, not one device.
AddressKey key_of(const sockaddr_storage& peer) {
  if (peer.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &peer, sizeof v4);
    return 0x1'0000'0000U | v4.sin_addr.s_addr;
  }
  if (peer.ss_family != AF_INET6) return 0;
  sockaddr_in6 v6{};
  std::memcpy(&v6, &peer, sizeof v6);
  AddressKey key = 0;
  std::memcpy(&key, &v6.sin6_addr, sizeof key);
  return key;
}

}  // namespace

Result<ListenAddress> ListenAddress::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  ListenAddress address;
  if (colon == std::string_view::npos || colon == 0)
    return failure(std::string(text) + ": an address to listen on is HOST:PORT, as in 127.0.0.1:8080.");
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc{} || end != port.data() + port.size())
    return failure(std::string(text) + ": the port must be a number from 0 to 65535.");
  address.host = host;
  return address;
}

Listener::Listener(asio::io_context& io, Audience audience, std::vector<Gateway*> gateways)
    : acceptor_(io), pause_(io), audience_(audience), gateways_(std::move(gateways)) {}

Result<std::unique_ptr<Listener>> Listener::open(asio::io_context& io, const ListenAddress& address,
                                                 Audience audience, std::vector<Gateway*> gateways) {
  const std::string name = address.host + ":" + std::to_string(address.port);
  error_code error;
  asio::ip::tcp::resolver resolver(io);
  const auto found =
      resolver.resolve(address.host, std::to_string(address.port),
                       asio::ip::tcp::resolver::passive | asio::ip::tcp::resolver::numeric_service, error);
  if (error || found.empty())
    return failure(name + ": there is no such host on this machine: " + error.message() + ".");
  const asio::ip::tcp::endpoint endpoint = found.begin()->endpoint();
  std::unique_ptr<Listener> listener(new Listener(io, audience, std::move(gateways)));
  auto& acceptor = listener->acceptor_;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (error == asio::error::address_in_use)
    return failure(name + ": this port is in use already. Stop what listens there, or choose another one.");
  if (error == asio::error::access_denied)
    return failure(name + ": this port may not be used without more rights. Choose one above 1023.");
  if (!error) acceptor.listen(4096, error);
  if (!error) acceptor.non_blocking(true, error);
  if (error) return failure(name + ": cannot listen there: " + error.message() + ".");
  listener->port_ = acceptor.local_endpoint(error).port();
  listener->wait();
  return listener;
}

void Listener::stop() {
  error_code error;
  acceptor_.close(error);
  pause_.cancel();
}

void Listener::wait() {
  acceptor_.async_wait(asio::ip::tcp::acceptor::wait_read, [this](const error_code& error) {
    if (!error) accept_some();
  });
}

void Listener::accept_some() {
  for (std::size_t i = 0; i < kAcceptsPerTurn; ++i) {
    sockaddr_storage peer{};
    socklen_t bytes = sizeof peer;
    const int fd = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&peer), &bytes,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      deal(fd, key_of(peer));
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      // Nothing to accept with: those who wait stay in the kernel's queue.
      pause_.expires_after(std::chrono::milliseconds(50));
      pause_.async_wait([this](const error_code& error) {
        if (!error) wait();
      });
      return;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK) break;
  }
  wait();
}

void Listener::deal(int fd, AddressKey address) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  Gateway* gateway = gateways_[next_];
  next_ = (next_ + 1) % gateways_.size();
  asio::post(gateway->io(),
             [gateway, fd, address, audience = audience_] { gateway->adopt(fd, audience, address); });
}

}  // namespace cairn::net
