// What a running server counts, as Prometheus text.
#pragma once

#include <cstddef>
#include <string>

#include "net/gateway/gateway.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::tools {

// Called on the loop of `core`: gateway, shard and pressure are that core's own; the journal's counts are everybody's.
std::string render_metrics(House& house, const net::Gateway& gateway, std::size_t core);

}  // namespace cairn::tools
