// cairn: one program, one subcommand for each thing that is done with a hunt.
#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>

#include "tools/bench/ours/bench.hpp"
#include "tools/cairn/admin.hpp"
#include "tools/cairn/check.hpp"
#include "tools/cairn/replay.hpp"
#include "tools/cairn/serve.hpp"
#include "tools/cairn/simulate.hpp"
#include "tools/crowd/load.hpp"

int main(int argc, char** argv) {
  // A peer that goes away, or a file at its limit, is an error to be handled where it happens.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  CLI::App app{"Cairn runs live, city-scale treasure hunts."};
  app.set_version_flag("--version", std::string{"cairn "} + CAIRN_VERSION);
  app.require_subcommand(1);
  int exit_code = 0;
  cairn::tools::add_check(app, exit_code);
  cairn::tools::add_serve(app, exit_code);
  cairn::crowd::add_load(app, exit_code);
  cairn::tools::add_admin(app, exit_code);
  cairn::bench::add_bench(app, exit_code);
  cairn::tools::add_replay(app, exit_code);
  cairn::tools::add_simulate(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // 2 is a usage error, as everywhere; help and version are none.
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cairn: %s\n", error.what());
    return 1;
  }
  return exit_code;
}
