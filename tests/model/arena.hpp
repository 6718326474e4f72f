// Where a program stands while it is explored: in the same bytes in every run, zeroed first, so that these
// bytes are its state. Everything that is allocated between open() and close() comes from here.
//
// Owner: the Explorer. Threads: one. Bounds: kBytes. When full: it aborts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cairn::model::arena {

inline constexpr std::size_t kBytes = 64 * 1024;

void open();
void close();
// What was allocated since open(), padding included.
[[nodiscard]] std::span<const std::uint64_t> used();

}  // namespace cairn::model::arena
