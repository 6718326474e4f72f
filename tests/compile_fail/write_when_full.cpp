// A full ring gives an empty claim, which has no cells.
// clang: invalid invocation of method 'head' on object 'claim' while it is in the 'consumed' state
#include "bus/ring.hpp"

using namespace cairn::bus;

bool send(Producer& ring) {
  Claim claim = ring.claim(0);
  if (!claim) {
#ifdef MUST_NOT_COMPILE
    claim.head().kind = 1;  // here
#endif
    return false;
  }
  claim.head().kind = 1;
  ring.publish(std::move(claim));
  return true;
}
