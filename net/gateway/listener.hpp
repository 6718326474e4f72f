// Accepts connections on one core and deals them out to the gateways of all, one after the other. They never
// move.
//
// Owner: the program. Threads: the loop of the core whose io_context it is given; a gateway gets its socket
// on its own loop. Bounds: kAcceptsPerTurn at once; without a free descriptor it waits a little and tries
// again.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bus/result.hpp"
#include "net/gateway/gateway.hpp"

namespace cairn::net {

// "HOST:PORT", HOST an address or a name, [::1]:8080 for IPv6; port 0 takes a free one.
struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
  static Result<ListenAddress> parse(std::string_view text);
};

class Listener {
 public:
  // Listens already when it returns; accepts from the first turn of `io` on.
  static Result<std::unique_ptr<Listener>> open(boost::asio::io_context& io, const ListenAddress& address,
                                                Audience audience, std::vector<Gateway*> gateways);
  // Before the gateways end, on the loop or after it.
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  Listener(boost::asio::io_context& io, Audience audience, std::vector<Gateway*> gateways);
  void wait();
  void accept_some();
  void deal(int fd, AddressKey address);

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  Audience audience_;
  std::vector<Gateway*> gateways_;
  std::size_t next_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace cairn::net
