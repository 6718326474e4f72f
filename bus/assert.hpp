// CAIRN_ASSERT: a check of what only a programmer can get wrong. It stays on in release builds.
//
// Peers, disks, scripts and hunt files never meet it: what they send is refused with an Error.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace cairn {

[[noreturn]] inline void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace cairn

#define CAIRN_ASSERT(condition)                        \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::cairn::assertion_failed(#condition, __FILE__, __LINE__))
