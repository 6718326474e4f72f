// A published cell is the consumer's: its claim is gone.
// clang: invalid invocation of method 'head' on object 'claim' while it is in the 'consumed' state
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim claim = ring.claim(0);
  if (!claim) return;
  claim.head().kind = 1;
  ring.publish(std::move(claim));
#ifdef MUST_NOT_COMPILE
  claim.head().kind = 2;  // here
#endif
}
