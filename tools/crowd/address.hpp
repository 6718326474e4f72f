// Where a server is, from the URL on the command line, and non-blocking sockets towards it.
//
// Owner: none. Threads: any; resolving blocks, so it is done before the loop runs.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "bus/result.hpp"

namespace cairn::crowd {

struct Address {
  sockaddr_storage storage{};
  socklen_t bytes = 0;
  std::uint16_t port = 0;
  std::string host_header;  // host:port, as HTTP's Host wants it
};

// ws://HOST:PORT, http://HOST:PORT or HOST:PORT, without a path.
[[nodiscard]] Result<Address> resolve(std::string_view url);

// Begins to connect; -1 with errno when it cannot even begin.
[[nodiscard]] int start_connect(const Address& address);

// The error that a connecting socket ended with; 0 when it is connected.
[[nodiscard]] int connect_error(int socket);

}  // namespace cairn::crowd
