#include "tools/cairn/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <latch>

#include "bus/random.hpp"
#include "net/admin/admin_app.hpp"
#include "net/gateway/asio_poller.hpp"
#include "tools/cairn/data_directory.hpp"
#include "tools/cairn/metrics.hpp"

namespace cairn::tools {

// Everything of one core that has to do with sockets.
struct Server::Front {
  Front() : io(1), poller(io) {}
  boost::asio::io_context io;
  net::AsioPoller poller;
  bus::SystemRandom random;
  std::unique_ptr<net::Gateway> gateway;
  std::unique_ptr<net::AdminApp> operators;
  std::uint64_t gathered = 0;  // written on the core's loop
  bus::Published<CoreFigures> figures;
};

Server::Server(ServerOptions options, const bus::Clock& clock)
    : options_(std::move(options)), clock_(clock), staff_(options_.data / kStaffTokensFile) {}

Server::~Server() {
  stop();
  end_gateways();
}

Result<std::unique_ptr<Server>> Server::open(ServerOptions options, const bus::Clock& clock) {
  std::unique_ptr<Server> server{new Server(std::move(options), clock)};
  if (const auto opened = server->open_parts(); !opened) return opened.error();
  return {boost::system::in_place_value, std::move(server)};
}

Result<void> Server::open_parts() {
  auto files = net::StaticFiles::load(options_.web);
  if (!files) return failure("--web: " + files.error().message);
  files_ = std::move(*files);

  std::vector<bus::Poller*> pollers;
  for (std::size_t core = 0; core < options_.cores; ++core)
    pollers.push_back(&fronts_.emplace_back(std::make_unique<Front>())->poller);
  HouseOptions house_options;
  house_options.hunt = options_.hunt;
  house_options.data = options_.data;
  house_options.cores = options_.cores;
  house_options.cpus = options_.cpus;
  for (const std::string_view name : kBackedUpFiles) house_options.backed_up.emplace_back(name);
  auto house = House::open(std::move(house_options), clock_, pollers);
  if (!house) return house.error();
  house_ = std::move(*house);

  if (const auto claimed = claim_revision(options_.data, options_.hunt->content_hash); !claimed)
    return claimed.error();
  if (const auto kept = keep_hunt(options_.data, options_.files); !kept) return kept.error();
  options_.files.clear();
  const auto secret = load_secret(options_.data);
  if (!secret) return secret.error();
  if (const auto made = ensure_operator_token(options_.data); !made) return made.error();
  auto audit = net::AuditLog::open(options_.data / "audit.log");
  if (!audit) return audit.error();
  audit_ = std::move(*audit);

  for (std::size_t core = 0; core < options_.cores; ++core) open_gateway(core, *secret);
  if (const auto replayed = house_->replay(); !replayed) return replayed.error();

  std::vector<net::Gateway*> gateways;
  for (const auto& front : fronts_) gateways.push_back(front->gateway.get());
  auto players = net::Listener::open(fronts_[0]->io, options_.players, net::Audience::kPlayers, gateways);
  if (!players) return players.error();
  players_ = std::move(*players);
  auto operators =
      net::Listener::open(fronts_[0]->io, options_.operators, net::Audience::kOperators, {gateways[0]});
  if (!operators) return operators.error();
  operators_ = std::move(*operators);
  return {};
}

void Server::open_gateway(std::size_t core, const net::Secret& secret) {
  Front& front = *fronts_[core];
  net::GatewayOptions options;
  options.core = static_cast<std::uint32_t>(core);
  options.origins = options_.origins;
  options.data_id = house_->data_id();
  options.secret = secret;
  options.on_sweep = [this, &front, core] {
    front.figures.offer(gather_figures(*house_, *front.gateway, core, ++front.gathered));
  };
  front.gateway =
      std::make_unique<net::Gateway>(std::move(options), front.io, options_.hunt, house_->streams(),
                                     house_->shard(core), clock_, front.random, files_);
  net::AdminHooks hooks{[&gateway = *front.gateway] { return !gateway.context().draining; },
                        [this] { return metrics(); },
                        [this](std::string_view to) { return house_->archivist().ask_backup(to); },
                        [this] { return house_->archivist().backup(); }};
  front.operators =
      std::make_unique<net::AdminApp>(front.gateway->context(), staff_, *audit_, std::move(hooks));
  front.gateway->serve_operators(*front.operators);
  house_->attach(core, *front.gateway);
}

void Server::run() { house_->run(); }

void Server::drain(std::chrono::milliseconds after, std::chrono::milliseconds spread) {
  std::latch told{static_cast<std::ptrdiff_t>(fronts_.size())};
  for (const auto& front : fronts_)
    boost::asio::post(front->io, [&gateway = *front->gateway, &told, after, spread] {
      gateway.drain(static_cast<std::uint32_t>(after.count()), static_cast<std::uint32_t>(spread.count()));
      told.count_down();
    });
  told.wait();
}

void Server::stop() {
  if (house_ != nullptr) house_->stop();
  if (players_ != nullptr) players_->stop();
  if (operators_ != nullptr) operators_->stop();
}

// Before the house, whose streams they read.
void Server::end_gateways() {
  for (const auto& front : fronts_) front->gateway.reset();
}

std::int64_t Server::last_wall_ms() const { return fronts_[0]->gateway->context().view.last_wall_ms(); }

CoreFigures Server::figures(std::size_t core) const { return fronts_[core]->figures.look(); }

std::string Server::metrics() const {
  std::vector<CoreFigures> cores;
  for (const auto& front : fronts_) cores.push_back(front->figures.look());
  return render_metrics(cores, house_->journal().counts(), house_->archivist().figures(), clock_.speed());
}

}  // namespace cairn::tools
