// The one line of JSON that a program of the comparison prints (fields: tools/bench/README.md).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/process.hpp"
#include "tools/bench/workload/schedule.hpp"
#include "tools/bench/workload/work.hpp"

namespace cairn::bench {

struct Run {
  std::string program;
  std::string variant;
  std::string mode;
  workload::Sums sums;
  // By priority: vital, normal, ambient. Triggers may be merged before they are sent.
  std::array<std::uint64_t, 3> merged{};
  std::array<std::uint64_t, 3> dropped{};
  Usage from;                         // when what is measured began
  Usage to;                           // when everything was handled
  std::uint64_t events_measured = 0;  // handled between the two
  std::uint64_t resident_bytes = 0;   // without schedule and samples
  std::vector<Samples> samples;

  // What a handler recorded; the memory for it is no program's.
  void take(Samples&& recorded) {
    resident_bytes -= recorded.bytes();
    samples.push_back(std::move(recorded));
  }
};

[[nodiscard]] std::string to_json(const workload::Schedule& schedule, const Run& run);

}  // namespace cairn::bench
