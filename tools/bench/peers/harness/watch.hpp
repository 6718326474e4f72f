// Watches a run from main(): when what is measured begins, when everything was handled, and what it cost in
// between.
#pragma once

#include <cstdint>

#include "tools/bench/peers/harness/progress.hpp"
#include "tools/bench/peers/harness/report.hpp"
#include "tools/bench/workload/schedule.hpp"

namespace cairn::bench {

// Returns when every event and follow-up of the schedule was handled. Fills from, to, events_measured and
// resident_bytes (schedule taken off, samples not).
[[nodiscard]] Run watch(const workload::Schedule& schedule, const Progress& progress, std::int64_t start_ns);

}  // namespace cairn::bench
