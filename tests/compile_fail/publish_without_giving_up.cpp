// Publishing takes the claim, it does not borrow it.
// any: cannot bind|no known conversion|expects an rvalue|rvalue reference
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim claim = ring.claim(0);
  if (!claim) return;
  claim.head().kind = 1;
#ifdef MUST_NOT_COMPILE
  ring.publish(claim);  // here
#else
  ring.publish(std::move(claim));
#endif
}
