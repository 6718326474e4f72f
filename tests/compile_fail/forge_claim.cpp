// Only a ring gives claims on its cells.
// any: private
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring, [[maybe_unused]] Head& published) {
#ifdef MUST_NOT_COMPILE
  Claim claim{ring, published, 0, 1};  // here
#else
  Claim claim = ring.claim(0);
#endif
  static_cast<void>(claim);
}
