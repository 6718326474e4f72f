#include "tools/crowd/load.hpp"

#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "tools/crowd/crowd.hpp"
#include "tools/crowd/options.hpp"

namespace cairn::crowd {
namespace {

int fail(const LoadOptions& options, const std::string& message) {
  std::fprintf(stderr, "cairn load: %s\n", message.c_str());
  if (options.json) std::printf("{\"passed\":false,\"error\":\"the crowd could not begin\"}\n");
  return 1;
}

int run_load(const LoadOptions& options) {
  auto crowd = Crowd::make(options);
  if (crowd.has_error()) return fail(options, crowd.error().message);
  const auto played = (*crowd)->run();
  if (played.has_error()) return fail(options, played.error().message);
  const Outcome outcome = (*crowd)->outcome();
  std::fputs(report_summary(outcome).c_str(), options.json ? stderr : stdout);
  if (options.json) std::printf("%s\n", report_json(outcome).c_str());
  return exit_code_of(outcome);
}

void add_options(CLI::App& load, LoadOptions& options) {
  static const std::map<std::string, Profile> profiles = {{"steady", Profile::steady},
                                                          {"openings", Profile::openings},
                                                          {"rush", Profile::rush},
                                                          {"storm", Profile::storm}};
  load.add_option("URL", options.url, "The server: ws://127.0.0.1:8080")->required();
  load.add_option("--answer-key", options.answer_key_path,
                  "The hunt's answers, made by `cairn check --answer-key`")
      ->check(CLI::ExistingFile);
  load.add_option("--players", options.players, "How many players")
      ->check(CLI::Range(1, 60000))
      ->capture_default_str();
  load.add_option("--teams", options.teams, "How many teams (default: a quarter of the players)");
  load.add_option("--seconds", options.seconds, "How long they play")
      ->check(CLI::Range(0.1, 1e6))
      ->capture_default_str();
  load.add_option("--profile", options.profile, "steady, openings, rush or storm")
      ->transform(CLI::CheckedTransformer(profiles));
  load.add_option("--seed", options.seed, "Makes the schedule")->capture_default_str();
  load.add_option("--guesses-per-second", options.guesses_per_second,
                  "All guesses (default: 350 at 6,000 players)");
  load.add_option("--solves-per-second", options.solves_per_second,
                  "Right ones among them (default: 24 at 6,000)");
  load.add_option("--reconnects-per-second", options.reconnects_per_second,
                  "Dropped sockets (default: 4 at 6,000)");
  load.add_option("--slow-percent", options.slow_percent, "Players who read too slowly")
      ->check(CLI::Range(0.0, 100.0));
  load.add_option("--dead-percent", options.dead_percent, "Players who stop reading")
      ->check(CLI::Range(0.0, 100.0));
  load.add_option("--rush-triggers", options.rush_triggers, "Right answers in the rush's instant")
      ->capture_default_str();
  load.add_option("--admin", options.admin_url, "The operators' listener, for --profile openings");
  load.add_option("--operator-token", options.operator_token_path,
                  "A file with an operator's token, for the same")
      ->check(CLI::ExistingFile);
  load.add_option("--server-pid", options.server_pid,
                  "Whose memory and processor time to report (default: found)");
  load.add_flag("--survive-restart", options.survive_restart, "The server may die and come back meanwhile");
  load.add_flag("--strict", options.strict,
                "Wrong verdicts, lost replies and unexpected closes fail the run too");
  load.add_flag("--json", options.json, "The last line of standard output is one JSON object");
  load.add_flag("--live", options.live, "A live view on standard error");
}

}  // namespace

void add_load(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LoadOptions>();
  CLI::App* const load =
      app.add_subcommand("load", "A crowd of real WebSocket players that plays and checks");
  add_options(*load, *options);
  load->callback([options, &exit_code] {
    if (options->profile == Profile::openings &&
        (options->admin_url.empty() || options->operator_token_path.empty())) {
      throw CLI::ValidationError("--profile openings", "needs --admin URL and --operator-token FILE");
    }
    exit_code = run_load(*options);
  });
}

}  // namespace cairn::crowd
