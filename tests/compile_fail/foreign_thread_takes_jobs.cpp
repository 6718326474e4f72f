// Anybody pushes jobs, only the loop takes them.
// clang: calling function 'take_jobs' requires holding [a-z]+ 'mailbox' exclusively
#include "bus/mailbox.hpp"

using namespace cairn::bus;

void on_any_thread(Mailbox& mailbox, Job& job) {
  mailbox.push(job);
#ifdef MUST_NOT_COMPILE
  static_cast<void>(mailbox.take_jobs());  // here
#endif
}
