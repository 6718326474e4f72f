// A message cannot be copied out of its batch.
// any: (use of deleted function|deleted constructor)
#include "bus/ring.hpp"

using namespace cairn::bus;

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1, []([[maybe_unused]] const Message& message) {
#ifdef MUST_NOT_COMPILE
    const Message copy = message;  // here
    return copy.head().kind == 1;
#else
    return message.head().kind == 1;
#endif
  });
}
