#include "tools/cairn/figures.hpp"

#include "bus/heap_counter.hpp"

namespace cairn::tools {

CoreFigures gather_figures(House& house, const net::Gateway& gateway, std::size_t core,
                           std::uint64_t gathered) {
  bus::Core& loop = house.core(core);
  return {gateway.counters(),
          loop.pressure(),
          loop.queued(),
          loop.waiting().crowded(),
          loop.waiting().lost_ns(),
          bus::thread_allocated_bytes().value_or(0),
          gathered};
}

}  // namespace cairn::tools
