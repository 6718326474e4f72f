#include "tools/crowd/address.hpp"

#include <netdb.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

namespace cairn::crowd {
namespace {

Error bad_url(std::string_view url, std::string_view why) {
  std::string text(url);
  text += " is not the address of a server: it ";
  text += why;
  text += "; write it as ws://127.0.0.1:8080";
  return failure(std::move(text));
}

}  // namespace

Result<Address> resolve(std::string_view url) {
  std::string_view rest = url;
  const auto scheme = rest.find("://");
  if (scheme != std::string_view::npos) {
    const auto name = rest.substr(0, scheme);
    if (name != "ws" && name != "http") return bad_url(url, "has a scheme that the crowd does not speak");
    rest.remove_prefix(scheme + 3);
  }
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.find('/') != std::string_view::npos) return bad_url(url, "has a path");
  const auto colon = rest.rfind(':');
  if (colon == std::string_view::npos) return bad_url(url, "has no port");
  Address address;
  const auto digits = rest.substr(colon + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || address.port == 0) {
    return bad_url(url, "has no proper port");
  }
  address.host_header = std::string(rest);
  std::string host(rest.substr(0, colon));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::string(digits).c_str(), &hints, &found);
  if (error != 0) return bad_url(url, std::string("cannot be resolved: ") + gai_strerror(error));
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.bytes = found->ai_addrlen;
  freeaddrinfo(found);
  return address;
}

int start_connect(const Address& address) {
  const int made = socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (made < 0) return -1;
  const int on = 1;
  setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address.storage);
  if (connect(made, generic, address.bytes) == 0 || errno == EINPROGRESS) return made;
  const int error = errno;
  close(made);
  errno = error;
  return -1;
}

int connect_error(int socket) {
  int error = 0;
  socklen_t bytes = sizeof error;
  if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &bytes) != 0) return errno;
  return error;
}

}  // namespace cairn::crowd
