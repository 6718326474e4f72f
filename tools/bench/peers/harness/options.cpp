#include "tools/bench/peers/harness/options.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace cairn::bench {

Options parse_options(int argc, char** argv, const char* variants) {
  Options options;
  bool good = argc % 2 == 1;
  for (int i = 1; good && i < argc; i += 2) {
    const std::string_view name = argv[i];
    const std::string_view value = argv[i + 1];
    if (name == "--schedule")
      options.schedule = value;
    else if (name == "--variant")
      options.variant = value;
    else if (name == "--cores")
      good = (options.cores = std::strtoul(argv[i + 1], nullptr, 10)) > 0;
    else if (name == "--mode" && (value == "inside" || value == "outside"))
      options.inside = value == "inside";
    else
      good = false;
  }
  // Variants stand in the list between spaces.
  const std::string list = ' ' + std::string{variants} + ' ';
  if (options.variant.empty()) options.variant = list.substr(1, list.find(' ', 1) - 1);
  if (list.find(' ' + options.variant + ' ') == std::string::npos) good = false;
  if (!good || options.schedule.empty()) {
    std::fprintf(
        stderr,
        "usage: %s --schedule FILE [--mode inside|outside] [--variant NAME] [--cores 2]\nvariants: %s\n",
        argv[0], variants);
    std::exit(2);
  }
  return options;
}

}  // namespace cairn::bench
