// The bytes behind a published head are the consumer's too.
// clang: invalid invocation of method 'bytes' on object 'claim' while it is in the 'consumed' state
#include "bus/ring.hpp"

using namespace cairn::bus;

void send(Producer& ring) {
  Claim claim = ring.claim(8);
  if (!claim) return;
  claim.head().kind = 1;
  claim.bytes()[0] = std::byte{1};
  ring.publish(std::move(claim));
#ifdef MUST_NOT_COMPILE
  claim.bytes()[0] = std::byte{2};  // here
#endif
}
