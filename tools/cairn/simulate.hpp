// `cairn simulate`: swarms of seeds against the rules of a hunt.
#pragma once

#include <CLI/CLI.hpp>

namespace cairn::tools {

void add_simulate(CLI::App& app, int& exit_code);

}  // namespace cairn::tools
