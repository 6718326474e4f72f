// Whether the ring had room is asked before anything is written.
// clang: invalid invocation of method 'head' on object 'claim' while it is in the 'unknown' state
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim claim = ring.claim(0);
#ifdef MUST_NOT_COMPILE
  claim.head().kind = 1;  // here
#else
  if (claim) claim.head().kind = 1;
#endif
}
