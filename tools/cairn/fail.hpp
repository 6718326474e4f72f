// How a subcommand says that what it was asked does not hold.
#pragma once

#include <cstdio>
#include <string>

namespace cairn::tools {

// The exit code, told in a sentence.
inline int fail(const std::string& why) {
  std::fprintf(stderr, "cairn: %s\n", why.c_str());
  return 1;
}

}  // namespace cairn::tools
