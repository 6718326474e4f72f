// Nor are its bytes.
// any: (read-only location|returns a const value)
#include "bus/ring.hpp"

using namespace cairn::bus;

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1, [](const Message& message) {
#ifdef MUST_NOT_COMPILE
    message.bytes()[0] = std::byte{1};  // here
#endif
    return message.bytes()[0] == std::byte{1};
  });
}
