// What operators do from a terminal: `cairn admin` talks to a running server, `cairn token` mints staff tokens and
// `cairn repair` accepts the loss of a damaged journal's tail.
#pragma once

namespace CLI {
class App;
}

namespace cairn::tools {

void add_admin(CLI::App& app, int& exit_code);

}  // namespace cairn::tools
