// Where a sentence goes that whoever runs the hunt should read.
//
// Threads: it is called by whoever has something to tell.
#pragma once

#include <cstdio>
#include <functional>
#include <string>

namespace cairn::bus {

using Tell = std::function<void(const std::string& sentence)>;

inline void tell_on_standard_error(const std::string& sentence) {
  std::fprintf(stderr, "cairn: %s\n", sentence.c_str());
}

}  // namespace cairn::bus
