#include "tools/cairn/serve.hpp"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <latch>
#include <memory>
#include <thread>

#include "bus/random.hpp"
#include "config/load/loader.hpp"
#include "net/admin/admin_app.hpp"
#include "net/gateway/asio_poller.hpp"
#include "net/gateway/gateway.hpp"
#include "net/gateway/listener.hpp"
#include "tools/cairn/data_directory.hpp"
#include "tools/cairn/house.hpp"
#include "tools/cairn/metrics.hpp"

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
};

// Everything of one core that has to do with sockets.
struct Front {
  Front() : io(1), poller(io) {}
  boost::asio::io_context io;
  net::AsioPoller poller;
  bus::SystemRandom random;
  std::unique_ptr<net::Gateway> gateway;
  std::unique_ptr<net::AdminApp> operators;
};

// What players are told when the server goes: come back after this, and somewhere within this.
constexpr std::uint32_t kReconnectAfterMs = 500;
constexpr std::uint32_t kReconnectSpreadMs = 5'000;
constexpr std::chrono::seconds kDrainFor{2};

int fail(const std::string& why) {
  std::fprintf(stderr, "cairn: %s\n", why.c_str());
  return 1;
}

void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < 8'500)
    std::fprintf(stderr, "cairn: only %llu file descriptors are allowed, so at most as many players can connect\n",
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

// Until a signal; then tells everybody to come back, in jittered batches, and gives them a while to hear it. A second
// signal ends the process at once.
void wait_and_drain(const sigset_t& signals, const std::vector<std::unique_ptr<Front>>& fronts) {
  int signal = 0;
  ::sigwait(&signals, &signal);
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  std::fprintf(stderr, "cairn: draining: no new players, and everybody is asked to come back\n");
  std::latch told{static_cast<std::ptrdiff_t>(fronts.size())};
  for (const auto& front : fronts)
    boost::asio::post(front->io, [&front = *front, &told] {
      front.gateway->drain(kReconnectAfterMs, kReconnectSpreadMs);
      told.count_down();
    });
  told.wait();
  std::this_thread::sleep_for(kDrainFor);
}

int serve(const ServeOptions& options) {
  const config::LoadedHunt loaded = config::load_hunt(options.hunt);
  for (const config::Diagnostic& finding : loaded.diagnostics)
    std::fprintf(stderr, "%s\n", config::format(finding, options.hunt).c_str());
  if (!loaded.hunt) return fail("the hunt in " + options.hunt + " has errors and is not served: see above");
  const auto listen = net::ListenAddress::parse(options.listen);
  if (!listen) return fail("--listen: " + listen.error().message);
  const auto admin = net::ListenAddress::parse(options.admin);
  if (!admin) return fail("--admin: " + admin.error().message);
  const auto files = net::StaticFiles::load(options.web);
  if (!files) return fail("--web: " + files.error().message);
  raise_descriptor_limit();

  const std::size_t cores = options.cores.empty() ? std::max(1U, std::thread::hardware_concurrency())
                                                  : options.cores.size();
  const bus::SystemClock clock;
  std::vector<std::unique_ptr<Front>> fronts;
  std::vector<bus::Poller*> pollers;
  for (std::size_t i = 0; i < cores; ++i) pollers.push_back(&fronts.emplace_back(std::make_unique<Front>())->poller);

  HouseOptions house_options;
  house_options.hunt = loaded.hunt;
  house_options.data = options.data;
  house_options.cores = cores;
  house_options.cpus = options.cores;
  auto opened = House::open(std::move(house_options), clock, pollers);
  if (!opened) return fail(opened.error().message);
  const std::unique_ptr<House> house = std::move(*opened);
  if (const auto claimed = claim_revision(options.data, loaded.hunt->content_hash); !claimed)
    return fail(claimed.error().message);
  const auto secret = load_secret(options.data);
  if (!secret) return fail(secret.error().message);
  if (const auto made = ensure_operator_token(options.data); !made) return fail(made.error().message);

  net::StaffTokens staff{std::filesystem::path{options.data} / kStaffTokensFile};
  const auto audit = net::AuditLog::open(std::filesystem::path{options.data} / "audit.log");
  if (!audit) return fail(audit.error().message);

  const sigset_t signals = block_signals();
  std::vector<net::Gateway*> gateways;
  for (std::size_t i = 0; i < cores; ++i) {
    Front& front = *fronts[i];
    net::GatewayOptions gateway_options;
    gateway_options.core = static_cast<std::uint32_t>(i);
    gateway_options.origins = options.origins;
    gateway_options.data_id = house->data_id();
    gateway_options.secret = *secret;
    front.gateway = std::make_unique<net::Gateway>(gateway_options, front.io, loaded.hunt, house->streams(),
                                                   house->shard(i), clock, front.random, *files);
    net::AdminHooks hooks{[&gateway = *front.gateway] { return !gateway.context().draining; },
                          [&house = *house, &gateway = *front.gateway, i] { return render_metrics(house, gateway, i); }};
    front.operators =
        std::make_unique<net::AdminApp>(front.gateway->context(), staff, **audit, std::move(hooks));
    front.gateway->serve_operators(*front.operators);
    house->attach(i, *front.gateway);
    gateways.push_back(front.gateway.get());
  }
  const auto end_gateways = [&fronts] {
    for (const auto& front : fronts) front->gateway.reset();
  };
  if (const auto replayed = house->replay(); !replayed) return end_gateways(), fail(replayed.error().message);
  auto players = net::Listener::open(fronts[0]->io, *listen, net::Audience::kPlayers, gateways);
  if (!players) return end_gateways(), fail(players.error().message);
  // Operators are all answered by the first core: what it counts of its own is theirs to see.
  auto operators = net::Listener::open(fronts[0]->io, *admin, net::Audience::kOperators, {gateways[0]});
  if (!operators) return end_gateways(), fail(operators.error().message);

  house->run();
  std::printf("ready players=http://%s:%u admin=http://%s:%u\n", listen->host.c_str(),
              static_cast<unsigned>((*players)->port()), admin->host.c_str(),
              static_cast<unsigned>((*operators)->port()));
  std::fflush(stdout);

  wait_and_drain(signals, fronts);
  house->stop();
  (*players)->stop();
  (*operators)->stop();
  end_gateways();
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
  command->add_option("--cores", options->cores, "Processors to pin the loops to, one each; else all, unpinned")
      ->delimiter(',');
  command->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace cairn::tools
