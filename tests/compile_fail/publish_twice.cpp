// A claim is published once.
// clang: argument not in expected state; expected 'unconsumed', observed 'consumed'
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim claim = ring.claim(0);
  if (!claim) return;
  claim.head().kind = 1;
  ring.publish(std::move(claim));
#ifdef MUST_NOT_COMPILE
  ring.publish(std::move(claim));  // here
#endif
}
