// How much this thread has ever taken from the heap, by jemalloc's own counter of the thread.
//
// Threads: any, each for itself. Without jemalloc in the program (sanitizers bring their own heap) it answers nothing.
// Source: jemalloc(3), "thread.allocatedp".
#pragma once

#include <cstdint>
#include <optional>

namespace cairn::bus {

// One load after a thread's first call.
[[nodiscard]] std::optional<std::uint64_t> thread_allocated_bytes() noexcept;

}  // namespace cairn::bus
