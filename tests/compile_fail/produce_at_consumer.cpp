// The end that reads cannot write.
// any: has no member named 'claim'|no member named 'claim'
#include "bus/ring.hpp"

using namespace cairn::bus;

bool use([[maybe_unused]] Consumer& ring) {
#ifdef MUST_NOT_COMPILE
  return static_cast<bool>(ring.claim(0));  // here
#else
  return ring.empty();
#endif
}
