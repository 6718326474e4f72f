// The command `cairn load`: its options, and the run.
//
// Owner: the command line. Threads: the main one. Bounds: options are checked before anything is connected.
#pragma once

#include <CLI/CLI.hpp>

namespace cairn::crowd {

// Adds the subcommand; when it has run, `exit_code` is what the program should exit with.
void add_load(CLI::App& app, int& exit_code);

}  // namespace cairn::crowd
