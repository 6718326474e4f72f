// An end has one owner.
// any: (use of deleted function|deleted constructor)
#include "bus/ring.hpp"

using namespace cairn::bus;

bool use(Producer& ring) {
#ifdef MUST_NOT_COMPILE
  Producer second = ring;  // here
  return second.has_room(1);
#else
  return ring.has_room(1);
#endif
}
