// `cairn replay DATA`: what a journal amounts to, and whether it holds.
#pragma once

namespace CLI {
class App;
}

namespace cairn::tools {

// Adds the subcommand; running it sets exit_code: 0 if the journal could be folded and, with --verify, holds.
void add_replay(CLI::App& app, int& exit_code);

}  // namespace cairn::tools
