// Two claims on the same cells could both be published.
// any: (use of deleted function|deleted constructor)
#include "bus/ring.hpp"

using namespace cairn::bus;

Claim twin(Producer& ring) {
  Claim claim = ring.claim(0);
#ifdef MUST_NOT_COMPILE
  Claim copy = claim;  // here
  return copy;
#else
  return claim;
#endif
}
