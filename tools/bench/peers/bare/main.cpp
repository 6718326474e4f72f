// The limit: bare rings.
#include "tools/bench/peers/bare/rings.hpp"

#include <cstdint>
#include <cstdio>

#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/run.hpp"

namespace {

using namespace cairn::bench;
using BareRings = Rings<32 * 1024>;

// The same rings, looked at in a fixed rhythm: what pacing by sleep costs.
class SleepingRings : public BareRings {
 public:
  using BareRings::BareRings;
  void park(std::size_t, std::int64_t) { sleep_until(now_ns() + kPace_ns); }

 private:
  static constexpr std::int64_t kPace_ns = 100'000;
};

template <class Transport>
Run run_over(const cairn::workload::Schedule& schedule, const Options& options, std::int64_t spin_ns) {
  return QueuePerCore<Transport>{schedule, options.inside, options.cores, spin_ns}.run();
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse_options(argc, argv, "spin-20us spin-always park-at-once sleep-100us");
  const auto schedule = cairn::workload::load(options.schedule);
  const std::int64_t spin_ns = options.variant == "spin-20us"     ? 20'000
                               : options.variant == "spin-always" ? kSpinAlways
                                                                  : 0;
  Run run = options.variant == "sleep-100us" ? run_over<SleepingRings>(schedule, options, 0)
                                             : run_over<BareRings>(schedule, options, spin_ns);
  run.program = "bare";
  run.variant = options.variant;
  std::puts(to_json(schedule, run).c_str());
}
