// A message outlives its batch by no pointer either.
// any: (use of deleted function|overload resolution selected deleted operator)
#include "bus/ring.hpp"

using namespace cairn::bus;

const Message* kept = nullptr;

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1, []([[maybe_unused]] const Message& message) {
#ifdef MUST_NOT_COMPILE
    kept = &message;  // here
#endif
    return true;
  });
}
