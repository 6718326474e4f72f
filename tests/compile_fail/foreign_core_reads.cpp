// A core reads its own rings, not another's.
// clang: calling function 'from' requires holding [a-z]+ 'other' exclusively
#include "bus/mailbox.hpp"

using namespace cairn::bus;

std::uint64_t on_the_loop(Mailbox& mine, [[maybe_unused]] Mailbox& other) CAIRN_REQUIRES(mine) {
#ifdef MUST_NOT_COMPILE
  return other.from(0, Priority::kVital).published();  // here
#else
  return mine.from(0, Priority::kVital).published();
#endif
}
