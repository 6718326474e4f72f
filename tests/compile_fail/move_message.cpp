// Nor moved.
// any: (use of deleted function|deleted constructor)
#include "bus/ring.hpp"

using namespace cairn::bus;

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1, [](const Message& message) {
#ifdef MUST_NOT_COMPILE
    const Message moved{std::move(const_cast<Message&>(message))};  // here
    return moved.head().kind == 1;
#else
    return message.head().kind == 1;
#endif
  });
}
