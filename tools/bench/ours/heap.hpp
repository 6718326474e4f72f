// What the loops of a run have taken from the heap: each notes jemalloc's counter of its thread; the harness asks for the
// sum as allocations_so_far().
//
// Threads: note_heap() a loop's, each with a slot of its own.
#pragma once

#include <cstddef>

namespace cairn::bench {

void note_heap(std::size_t slot);

}  // namespace cairn::bench
