// `cairn bench`: one part of the server alone.
#pragma once

#include <CLI/CLI.hpp>

namespace cairn::bench {

void add_bench(CLI::App& app, int& exit_code);

}  // namespace cairn::bench
