// What the C++ peers are asked on the command line.
#pragma once

#include <cstddef>
#include <string>

namespace cairn::bench {

struct Options {
  std::string schedule;
  bool inside = false;  // --mode inside|outside
  std::string variant;
  std::size_t cores = 2;
};

// A usage error ends the process with status 2 and a sentence.
[[nodiscard]] Options parse_options(int argc, char** argv, const char* variants);

}  // namespace cairn::bench
