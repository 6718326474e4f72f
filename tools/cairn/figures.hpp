// What one core counts, gathered on its own loop so that others may look at it whole.
//
// Owner: the Server. Threads: gather_figures() on the core's loop; the struct is plain.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bus/pressure.hpp"
#include "net/gateway/counters.hpp"
#include "net/gateway/gateway.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::tools {

struct CoreFigures {
  net::GatewayCounters gateway;
  bus::Pressure pressure;
  std::size_t queued = 0;             // in the run queues
  bool is_crowded = false;            // more runnable threads than processors: parks at once
  std::int64_t lost_ns = 0;           // awake and not running, ever
  std::uint64_t allocated_bytes = 0;  // by this core's thread, ever; 0 without jemalloc
  std::uint64_t gathered = 0;         // how often, this time included
};

// Takes nothing from the heap.
CoreFigures gather_figures(House& house, const net::Gateway& gateway, std::size_t core,
                           std::uint64_t gathered);

}  // namespace cairn::tools
