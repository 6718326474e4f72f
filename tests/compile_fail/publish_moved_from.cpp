// A claim that was moved away is empty.
// clang: argument not in expected state; expected 'unconsumed', observed 'consumed'
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim first = ring.claim(0);
  if (!first) return;
  Claim second = std::move(first);
  second.head().kind = 1;
#ifdef MUST_NOT_COMPILE
  ring.publish(std::move(first));  // here
#else
  ring.publish(std::move(second));
#endif
}
