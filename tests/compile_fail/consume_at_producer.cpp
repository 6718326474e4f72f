// The end that writes cannot read.
// any: has no member named 'published'|no member named 'published'
#include "bus/ring.hpp"

using namespace cairn::bus;

bool use([[maybe_unused]] Producer& ring) {
#ifdef MUST_NOT_COMPILE
  return ring.published() == 0;  // here
#else
  return ring.has_room(1);
#endif
}
