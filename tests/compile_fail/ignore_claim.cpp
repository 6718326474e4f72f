// A claim that nobody takes would be lost without a word.
// any: nodiscard
#include "bus/ring.hpp"

using namespace cairn::bus;

bool ask(Producer& ring) {
#ifdef MUST_NOT_COMPILE
  ring.claim(0);  // here
#endif
  return ring.has_room(1);
}
