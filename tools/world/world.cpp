#include "tools/world/world.hpp"

#include <simdjson.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <caf/all.hpp>
#include <stdexcept>

#include "net/gateway/asio_poller.hpp"
#include "net/gateway/gateway.hpp"

namespace cairn::world {

namespace {

using namespace std::chrono_literals;

// Longer than the longest spacing of broadcasts.
constexpr auto kUntilFlushed = 60ms;
constexpr auto kLongStep = 200ms;
// In one moment of the virtual clock; the busiest seen took 3,000.
constexpr std::size_t kTurnsUntilRest = 200'000;
// As a client does that is told to wait a moment.
constexpr int kTriesWhenBusy = 20;
// No connection has this slot: what an operator of a world is answered goes to the front instead.
constexpr std::uint32_t kOperatorsSlot = 0xffffffU;

}  // namespace

// Everything of one core that has to do with sockets; the gateway hears all that the core tells, but the answers to an
// operator.
class World::Front final : public actors::GatewayPort {
 public:
  Front() : io(1), poller(io) {}

  void open_gateway(World& world, std::size_t core) {
    net::GatewayOptions options;
    options.core = static_cast<std::uint32_t>(core);
    options.data_id = world.house_->data_id();
    options.has_alarms = false;
    options.socket_send_bytes = world.options_.socket_send_bytes;
    gateway = std::make_unique<net::Gateway>(std::move(options), io, world.options_.hunt,
                                             world.house_->streams(), world.house_->shard(core),
                                             world.servers_clock(), world.random_, world.files_);
    world.house_->attach(core, *this);
  }

  void on_entry(const actors::Entry& entry) override { gateway->on_entry(entry); }
  void save(actors::StateWriter& out) const override { gateway->save(out); }
  void load(actors::StateReader& in) override { gateway->load(in); }
  void on_reply(const actors::SessionRef& session, std::string_view request_id,
                const actors::Reply& reply) override {
    if (session.slot == kOperatorsSlot)
      operator_reply = reply.code;
    else
      gateway->on_reply(session, request_id, reply);
  }
  void on_notice(const actors::Notice& notice) override { gateway->on_notice(notice); }
  void on_published(std::uint64_t sequence) override { gateway->on_published(sequence); }
  void on_replaced(actors::PlayerIndex player, std::uint64_t generation) override {
    gateway->on_replaced(player, generation);
  }
  void on_read_only() override { gateway->on_read_only(); }
  bool on_turn() override { return gateway->on_turn(); }

  boost::asio::io_context io;
  net::AsioPoller poller;
  std::unique_ptr<net::Gateway> gateway;
  std::optional<actors::Code> operator_reply;
};

World::World(WorldOptions options)
    : options_(std::move(options)),
      rehearsal_(clock_, options_.speed, clock_.wall_ms()),
      random_(options_.seed) {
  start();
}

World::~World() {
  teams_.clear();
  others_.clear();
  tear_down();
}

void World::start() {
  try {
    open_house();
    settle();
  } catch (...) {
    tear_down();
    throw;
  }
}

void World::open_house() {
  hands_.clear();
  for (std::size_t hand = 0; hand <= options_.cores; ++hand) hands_.push_back(hand);
  std::vector<bus::Poller*> pollers;
  for (std::size_t core = 0; core < options_.cores; ++core)
    pollers.push_back(&fronts_.emplace_back(std::make_unique<Front>())->poller);
  HouseOptions options;
  options.hunt = options_.hunt;
  options.files = options_.files;
  options.random = &random_;
  options.data = options_.data;
  options.cores = options_.cores;
  options.role_factory = options_.role_factory;
  options.tell = options_.tell;
  options.checkpoint_every = options_.checkpoint_every;
  options.cold_by_hand = true;
  auto house = House::open(std::move(options), servers_clock(), pollers);
  if (!house) throw std::runtime_error(house.error().message);
  house_ = std::move(*house);
  for (std::size_t core = 0; core < options_.cores; ++core) fronts_[core]->open_gateway(*this, core);
  if (const Result<void> replayed = house_->replay(); !replayed)
    throw std::runtime_error(replayed.error().message);
}

const net::View& World::view() const { return fronts_[0]->gateway->context().view; }

World::Counted World::counted() const {
  Counted sum = counted_;
  for (const auto& front : fronts_) {
    if (front->gateway == nullptr) continue;
    const net::GatewayCounters counters = front->gateway->counters();
    sum.closes.add(counters.closes);
    sum.aborted += counters.aborted;
    sum.commands_parked += counters.session.commands_parked;
    sum.snapshots += counters.session.snapshots;
    sum.declared_skips += counters.declared_skips;
  }
  return sum;
}

// The gateways before the house, whose streams they read; the house before the pollers of its cores.
void World::tear_down() {
  caller_.reset();
  counted_ = counted();
  for (const auto& front : fronts_) front->gateway.reset();
  house_.reset();
  fronts_.clear();
}

void World::end_connections() {
  for_each_player([](Player& player) { player.end_connection(); });
  for (const auto& other : others_) other->end_connection();
}

void World::die() {
  did("the server", "dies, and every connection with it");
  end_connections();
  if (options_.on_death) options_.on_death();
  tear_down();
}

void World::stop() {
  did("the server", "is stopped, and every connection with it");
  end_connections();
  settle();
  if (!house_->journal().read_only()) house_->archivist().finish();
  tear_down();
}

void World::crash_and_restart(std::size_t cores) {
  die();
  options_.cores = cores;
  for_each_player([cores](Player& player) { player.set_core(player.core() % cores); });
  start();
}

// --- time ---

bool World::listen() {
  bool moved = false;
  for_each_player([&](Player& player) { moved |= player.listen(); });
  for (const auto& other : others_) moved |= other->listen();
  if (caller_ != nullptr) moved |= caller_->cable().carry();
  return moved;
}

bool World::turn() {
  bool busy = false;
  // The journal's hand is among the cores'.
  for (std::size_t left = hands_.size(); left > 0; --left) {
    std::swap(hands_[left - 1], hands_[random_.next() % left]);
    const std::size_t hand = hands_[left - 1];
    busy |= hand == options_.cores ? house_->turn_journal() : house_->turn(hand);
  }
  busy |= house_->turn_cold();
  busy |= house_->turn_archivist();
  return listen() || busy;
}

void World::run_dry() {
  // An answer may take a turn of each hand to come round.
  std::size_t quiet = 0;
  for (std::size_t turns = 0; quiet < hands_.size(); ++turns) {
    quiet = turn() ? 0 : quiet + 1;
    if (turns > kTurnsUntilRest) throw Restless{"somebody is busy for ever: the world does not come to rest"};
  }
}

void World::settle() {
  run_dry();
  // A request, a reply and a broadcast, each as late as the weather lets them be.
  const auto on_the_way = std::chrono::nanoseconds{options_.weather.delay_ns_max} * 3;
  after(kUntilFlushed + std::chrono::ceil<std::chrono::milliseconds>(on_the_way));
}

void World::after(std::chrono::nanoseconds time) {
  while (time > 0ns) {
    const std::chrono::nanoseconds step =
        std::min<std::chrono::nanoseconds>(time, time > 2s ? kLongStep : std::chrono::milliseconds{kStepMs});
    clock_.advance_ns(step.count());
    run_dry();
    time -= step;
  }
}

// --- players ---

std::size_t World::connected_players() const {
  std::size_t players = 0;
  for (const auto& front : fronts_) players += front->gateway->counters().players;
  return players;
}

std::unique_ptr<Client> World::dial(std::size_t core) { return dial(core, options_.weather); }

std::unique_ptr<Client> World::dial(std::size_t core, const Weather& weather) {
  auto client = std::make_unique<Client>(clock_, random_, weather);
  fronts_.at(core)->gateway->adopt(client->cable().take_far_end(), net::Audience::kPlayers, {});
  return client;
}

HttpAnswer World::post(std::string_view path, std::string_view json) {
  caller_ = dial(random_.next() % options_.cores, {});
  caller_->post(path, json);
  settle_until([this] { return caller_->answer().has_value() || caller_->is_over(); });
  const auto client = std::move(caller_);
  return client->answer().value_or(HttpAnswer{});
}

HttpAnswer World::let_in(std::string_view path, std::string_view json) {
  HttpAnswer answer = post(path, json);
  for (int again = 0; answer.status == 503 && again < kTriesWhenBusy; ++again) answer = post(path, json);
  return answer;
}

Team& World::team(std::string_view name, std::size_t members) {
  Team& team = *teams_.emplace_back(std::make_unique<Team>());
  team.name = name;
  simdjson::dom::parser parser;
  for (std::size_t i = 0; i < members; ++i) {
    const std::string player = team.name + "-" + std::to_string(i + 1);
    const HttpAnswer answer =
        i == 0
            ? let_in("/v1/teams", R"({"team_name":")" + team.name + R"(","player_name":")" + player + "\"}")
            : let_in("/v1/join",
                     R"({"join_code":")" + team.join_code + R"(","player_name":")" + player + "\"}");
    if (answer.status / 100 != 2)
      throw std::runtime_error(player + " was not let in: " + std::to_string(answer.status) + " " +
                               answer.body);
    const simdjson::padded_string padded{answer.body};
    const simdjson::dom::element body = parser.parse(padded);
    if (i == 0) team.join_code = std::string_view{body["join_code"]};
    const std::size_t core = (teams_.size() + i) % options_.cores;
    team.members.push_back(
        std::make_unique<Player>(*this, core, player, std::string{std::string_view{body["token"]}}));
    team.members.back()->keep_recovery_code(std::string_view{body["recovery_code"]});
    did(player, i == 0 ? "makes the team " + team.name : "joins " + team.name);
    team.members.back()->connect();
  }
  return team;
}

bool World::kill(actors::ActorId actor) {
  const actors::Placement placement{options_.hunt, options_.cores};
  const caf::actor victim = house_->shard(placement.core_of(actor)).find(actor);
  if (!victim) return false;
  caf::anon_send_exit(victim, caf::exit_reason::kill);
  return true;
}

Player& World::spectator() {
  const std::size_t number = others_.size() + 1;
  const std::string name = "spectator-" + std::to_string(number);
  others_.push_back(std::make_unique<Player>(*this, number % options_.cores, name, std::string{}));
  others_.back()->connect();
  return *others_.back();
}

Player& World::another_device(const Player& of, std::size_t core) {
  const std::string name = of.name() + "-device-" + std::to_string(others_.size() + 1);
  return *others_.emplace_back(std::make_unique<Player>(*this, core, name, of.token()));
}

bool World::start_operating(actors::Command command) {
  command.session = {0, kOperatorsSlot, 1};
  fronts_[0]->operator_reply.reset();
  return house_->shard(0).submit(command);
}

bool World::start_operating(actors::CommandKind kind, std::string_view district, std::string_view text) {
  actors::Command command;
  command.kind = kind;
  command.text = text;
  if (!district.empty()) {
    const auto found = options_.hunt->find_district(district);
    if (!found) throw std::runtime_error("the hunt has no district \"" + std::string{district} + "\"");
    command.district = *found;
  }
  return start_operating(command);
}

actors::Code World::operate(const actors::Command& command) {
  if (!start_operating(command)) return actors::Code::kOverloaded;
  settle();
  return fronts_[0]->operator_reply.value_or(actors::Code::kInternal);
}

actors::Code World::operate(actors::CommandKind kind, std::string_view district, std::string_view text) {
  if (!start_operating(kind, district, text)) return actors::Code::kOverloaded;
  settle();
  return fronts_[0]->operator_reply.value_or(actors::Code::kInternal);
}

}  // namespace cairn::world
