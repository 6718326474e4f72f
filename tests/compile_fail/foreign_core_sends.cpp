// A core sends from its own mailbox, not from another's.
// clang: calling function 'out' requires holding [a-z]+ 'other' exclusively
#include "bus/mailbox.hpp"

using namespace cairn::bus;

std::size_t on_the_loop(Mailbox& mine, [[maybe_unused]] Mailbox& other) CAIRN_REQUIRES(mine) {
#ifdef MUST_NOT_COMPILE
  return other.out().pending();  // here
#else
  return mine.out().pending();
#endif
}
