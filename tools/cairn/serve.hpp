// `cairn serve`: runs the hunt in a folder for players and operators.
#pragma once

namespace CLI {
class App;
}

namespace cairn::tools {

void add_serve(CLI::App& app, int& exit_code);

}  // namespace cairn::tools
