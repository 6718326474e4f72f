// What was published is read, not written.
// any: (read-only object|returns a const value)
#include "bus/ring.hpp"

using namespace cairn::bus;

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1, [](const Message& message) {
#ifdef MUST_NOT_COMPILE
    message.head().kind = 2;  // here
#endif
    return message.head().kind == 2;
  });
}
