// `cairn check HUNT`: everything that can be wrong with a hunt before it is played, and the crowd's answer
// key.
#pragma once

namespace CLI {
class App;
}

namespace cairn::tools {

// Adds the subcommand; running it sets exit_code: 0 without errors, 1 with.
void add_check(CLI::App& app, int& exit_code);

}  // namespace cairn::tools
