// A core sends from its own mailbox, not from another's.
// clang: calling function 'to' requires holding [a-z]+ 'other' exclusively
#include "bus/mailbox.hpp"

using namespace cairn::bus;

bool on_the_loop(Mailbox& mine, [[maybe_unused]] Mailbox& other) CAIRN_REQUIRES(mine) {
#ifdef MUST_NOT_COMPILE
  return other.to(0, Priority::kVital).has_room(1);  // here
#else
  return mine.to(0, Priority::kVital).has_room(1);
#endif
}
