// What a running server counts, as Prometheus text: the sums over all cores, and each core's own where that tells more.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "bus/journal/journal.hpp"
#include "tools/cairn/archivist.hpp"
#include "tools/cairn/figures.hpp"

namespace cairn::tools {

// `speed`: bus::Clock::speed().
std::string render_metrics(std::span<const CoreFigures> cores, const bus::JournalCounts& journal,
                           const ArchiveFigures& archive, std::uint32_t speed);

}  // namespace cairn::tools
