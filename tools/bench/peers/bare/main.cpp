// The limit: bare rings.
#include "tools/bench/peers/bare/rings.hpp"

#include <cstdint>
#include <cstdio>

#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/run.hpp"

int main(int argc, char** argv) {
  using namespace cairn::bench;
  const Options options = parse_options(argc, argv, "spin-20us spin-always park-at-once");
  const auto schedule = cairn::workload::load(options.schedule);
  const std::int64_t spin_ns = options.variant == "spin-20us"     ? 20'000
                               : options.variant == "spin-always" ? kSpinAlways
                                                                  : 0;
  QueuePerCore<Rings<32 * 1024>> queues{schedule, options.inside, options.cores, spin_ns};
  Run run = queues.run();
  run.program = "bare";
  run.variant = options.variant;
  std::puts(to_json(schedule, run).c_str());
}
