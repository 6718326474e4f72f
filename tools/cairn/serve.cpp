#include "tools/cairn/serve.hpp"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <thread>

#include "bus/affinity.hpp"
#include "config/load/loader.hpp"
#include "tools/cairn/fail.hpp"
#include "tools/cairn/server.hpp"

namespace cairn::tools {

namespace {

struct ServeOptions {
  std::string hunt = CAIRN_SOURCE_DIR "/config/hunts/harbour";
  std::string listen = "127.0.0.1:8080";
  std::string admin = "127.0.0.1:8081";
  std::string data = "data";
  std::string web;
  std::vector<std::string> origins;
  std::vector<int> cores;
  std::uint32_t rehearsal_speed = 0;  // 0: the hunt
};

constexpr std::uint32_t kRehearsalSpeed = 60;
constexpr std::uint32_t kRehearsalSpeedMax = 600;

// What players are told when the server goes: come back after this, and somewhere within this.
constexpr std::chrono::milliseconds kReconnectAfter{500};
constexpr std::chrono::milliseconds kReconnectSpread{5'000};
constexpr std::chrono::seconds kDrainFor{2};

void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 8'500)
    std::fprintf(stderr,
                 "cairn: only %llu file descriptors are allowed, so at most as many players can connect\n",
                 static_cast<unsigned long long>(limit.rlim_max));
}

// Blocks the signals for every thread made from here on; wait_for_signal() takes them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Until a signal; then tells everybody to come back, and gives them a while to hear it. A second signal ends the process
// at once.
void wait_and_drain(const sigset_t& signals, Server& server) {
  int signal = 0;
  ::sigwait(&signals, &signal);
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  std::fprintf(stderr, "cairn: draining: no new players, and everybody is asked to come back\n");
  server.drain(kReconnectAfter, kReconnectSpread);
  std::this_thread::sleep_for(kDrainFor);
}

int serve(const ServeOptions& options) {
  config::LoadedHunt loaded = config::load_hunt(options.hunt);
  for (const config::Diagnostic& finding : loaded.diagnostics)
    std::fprintf(stderr, "%s\n", config::format(finding, options.hunt).c_str());
  if (!loaded.hunt) return fail("the hunt in " + options.hunt + " has errors and is not served: see above");
  const auto players = net::ListenAddress::parse(options.listen);
  if (!players) return fail("--listen: " + players.error().message);
  const auto operators = net::ListenAddress::parse(options.admin);
  if (!operators) return fail("--admin: " + operators.error().message);
  raise_descriptor_limit();

  ServerOptions parts;
  parts.hunt = loaded.hunt;
  parts.files = std::move(loaded.files);
  parts.players = *players;
  parts.operators = *operators;
  parts.data = options.data;
  parts.web = options.web;
  parts.origins = options.origins;
  parts.cpus = options.cores.empty() ? bus::processors_given() : options.cores;
  parts.cores = parts.cpus.size();
  const sigset_t signals = block_signals();
  const bus::SystemClock clock;
  // A rehearsal begins when the hunt will, or goes on where it was stopped.
  bus::SpedClock rehearsal{clock, std::max(options.rehearsal_speed, 1U),
                           loaded.hunt->starts_at_ms.value_or(clock.wall_ms())};
  const bool is_rehearsal = options.rehearsal_speed > 0;
  const auto opened =
      Server::open(std::move(parts), is_rehearsal ? static_cast<const bus::Clock&>(rehearsal) : clock);
  if (!opened) return fail(opened.error().message);
  Server& server = **opened;
  rehearsal.go_on_from(server.last_wall_ms());
  server.run();
  if (is_rehearsal)
    std::fprintf(
        stderr,
        "cairn: REHEARSAL, not the hunt: time goes %u times as fast; the data directory is of no other use\n",
        options.rehearsal_speed);
  std::printf("ready players=http://%s:%u admin=http://%s:%u%s\n", players->host.c_str(),
              static_cast<unsigned>(server.players_port()), operators->host.c_str(),
              static_cast<unsigned>(server.operators_port()), is_rehearsal ? " REHEARSAL" : "");
  std::fflush(stdout);
  wait_and_drain(signals, server);
  server.stop();
  if (const std::optional<LastState>& last = server.house().last_state())
    std::fprintf(stderr, "cairn: stopped after entry %llu, state %s\n",
                 static_cast<unsigned long long>(last->mark.sequence), last->hash.c_str());
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve", "Run the hunt in a folder");
  command->add_option("hunt", options->hunt, "The hunt's folder")->capture_default_str();
  command->add_option("--listen", options->listen, "HOST:PORT for players")->capture_default_str();
  command->add_option("--admin", options->admin, "HOST:PORT for operators")->capture_default_str();
  command->add_option("--data", options->data, "Directory of the journal, made if there is none")
      ->capture_default_str();
  command->add_option("--web", options->web, "Folder of the player's page, as its bundler made it");
  command->add_option("--origin", options->origins, "A foreign origin whose pages may connect (repeatable)");
  command
      ->add_option("--cores", options->cores,
                   "The processors of the loops, one each; else all that the process was given")
      ->delimiter(',');
  command
      ->add_option("--rehearsal", options->rehearsal_speed,
                   "Play no hunt but a rehearsal, so many times as fast (2 to 600, or 60), in a data "
                   "directory of its own")
      ->expected(0, 1)
      ->default_str(std::to_string(kRehearsalSpeed))
      ->check(CLI::Range(2U, kRehearsalSpeedMax));
  command->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace cairn::tools
