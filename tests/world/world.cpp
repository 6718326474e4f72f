#include "tests/world/world.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>
#include <stdlib.h>  // NOLINT: mkdtemp is POSIX

#include <optional>

#include "config/load/loader.hpp"

namespace cairn::test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "cairn-test-XXXXXX").string();
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

// An HTTP exchange under way.
struct World::Gate::Exchange final : net::HttpExchange {
  explicit Exchange(Gate& gate) : gate_(gate) {}
  bool submit(actors::Command command) override {
    command.session = {static_cast<std::uint32_t>(gate_.core_), 0xffffffU, 1};
    return gate_.context_.commands.submit(command);
  }
  Gate& gate_;
  std::optional<net::HttpResponse> response;
};

World::Gate::Gate(std::size_t core, const std::shared_ptr<const config::Hunt>& hunt, bus::StreamSet& streams,
                  actors::CommandPort& commands, const bus::Clock& clock, bus::RandomSource& random,
                  std::string_view data_id, const net::StaticFiles& files)
    : core_(core),
      streams_(streams),
      context_(hunt, *this, commands, clock, random, data_id, net::Secret{}),
      app_(context_, files) {}

void World::Gate::connect(Player& player) {
  disconnect(player);
  const actors::SessionRef ref{static_cast<std::uint32_t>(core_),
                               static_cast<std::uint32_t>(sessions_.size()), next_generation_++};
  sessions_.push_back(&player);
  player.open(context_, ref);
}

void World::Gate::disconnect(Player& player) {
  for (Player*& session : sessions_)
    if (session == &player) session = nullptr;
  player.drop();
}

void World::Gate::on_reply(const actors::SessionRef& session, std::string_view request_id,
                           const actors::Reply& reply) {
  if (session.slot == 0xffffffU) {
    if (exchange_ != nullptr)
      exchange_->response = app_.on_reply(*exchange_, reply);
    else
      operator_reply_ = reply;
    return;
  }
  Player* player = sessions_.at(session.slot);
  if (player != nullptr && player->session() != nullptr) player->session()->on_reply(request_id, reply);
}

bool World::Gate::on_turn() {
  bool more = false;
  for (std::size_t i = 0; i < sessions_.size(); ++i) {
    Player* player = sessions_[i];
    if (player == nullptr || player->session() == nullptr) continue;
    more |= player->session()->on_turn();
    player->read_streams();
  }
  return more;
}

std::uint64_t World::Gate::last_offset(actors::StreamId stream) const {
  const bus::StreamLog* log = streams_.find(stream);
  return log == nullptr ? 0 : log->last_offset();
}

bool World::Gate::can_follow(actors::StreamId stream, std::uint64_t offset) const {
  const bus::StreamLog* log = streams_.find(stream);
  return log == nullptr ? offset == 0 : log->position_after(offset).has_value();
}

net::HttpResponse World::Gate::post(World& world, std::string_view path, std::string_view body) {
  net::HttpRequest request;
  request.method = net::HttpMethod::kPost;
  request.path = path;
  request.content_type = "application/json";
  request.body = body;
  Exchange exchange{*this};
  exchange_ = &exchange;
  if (auto response = app_.on_request(request, exchange)) exchange.response = std::move(response);
  world.settle();
  exchange_ = nullptr;
  REQUIRE(exchange.response.has_value());
  return std::move(*exchange.response);
}

actors::Reply World::Gate::command(World& world, actors::Command command) {
  command.session = {static_cast<std::uint32_t>(core_), 0xffffffU, 1};
  operator_reply_.reset();
  REQUIRE(context_.commands.submit(command));
  world.settle();
  REQUIRE(operator_reply_.has_value());
  return *operator_reply_;
}

World::World(WorldOptions options) : options_(std::move(options)) {
  const config::LoadedHunt loaded =
      config::load_hunt(std::filesystem::path{CAIRN_SOURCE_DIR} / "tests/world/hunts" / options_.hunt);
  REQUIRE(loaded.hunt != nullptr);
  hunt_ = loaded.hunt;
  build();
}

World::~World() {
  teams_.clear();
  house_.reset();
}

void World::build() {
  pollers_.clear();
  std::vector<bus::Poller*> pollers;
  for (std::size_t i = 0; i < options_.cores; ++i)
    pollers.push_back(pollers_.emplace_back(std::make_unique<bus::FdPoller>()).get());
  HouseOptions options;
  options.hunt = hunt_;
  options.data = data();
  options.checkpoint_every = options_.checkpoint_every;
  options.cores = options_.cores;
  options.role_factory = options_.role_factory;
  auto house = House::open(std::move(options), clock_, pollers);
  REQUIRE_MESSAGE(house.has_value(), (house ? "" : house.error().message));
  house_ = std::move(*house);
  for (std::size_t core = 0; core < options_.cores; ++core) {
    gates_.push_back(std::make_unique<Gate>(core, hunt_, house_->streams(), house_->shard(core), clock_,
                                            random_, house_->data_id(), files_));
    house_->attach(core, *gates_[core]);
  }
  const Result<void> replayed = house_->replay();
  REQUIRE_MESSAGE(replayed.has_value(), (replayed ? "" : replayed.error().message));
  settle();
}

void World::settle() {
  for (int quiet = 0; quiet < 3;) {
    bool busy = house_->turn_journal();
    for (std::size_t core = 0; core < house_->cores(); ++core) busy |= house_->turn(core);
    busy |= house_->turn_archivist();
    quiet = busy ? 0 : quiet + 1;
  }
}

void World::after(std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds kStep{100};
  for (; time > 0ms; time -= kStep) {
    clock_.advance_ns(std::chrono::nanoseconds{std::min(time, kStep)}.count());
    settle();
  }
}

void World::crash_and_restart() {
  crash_and_restart([] {});
}

void World::crash_and_restart(const std::function<void()>& meanwhile) {
  for (const auto& team : teams_)
    for (const auto& player : team->members) player->drop();
  house_.reset();
  gates_.clear();
  meanwhile();
  build();
}

Team& World::team(std::string_view name, std::size_t members) {
  Team& team = *teams_.emplace_back(std::make_unique<Team>());
  team.name = name;
  simdjson::dom::parser parser;
  for (std::size_t i = 0; i < members; ++i) {
    const std::size_t core = (teams_.size() + i) % house_->cores();
    const std::string player = team.name + "-" + std::to_string(i + 1);
    const net::HttpResponse response =
        i == 0
            ? gate(core).post(*this, "/v1/teams",
                              R"({"team_name":")" + team.name + R"(","player_name":")" + player + "\"}")
            : gate(core).post(*this, "/v1/join",
                              R"({"join_code":")" + team.join_code + R"(","player_name":")" + player + "\"}");
    REQUIRE_MESSAGE(response.status / 100 == 2, response.body);
    const simdjson::dom::element body = parser.parse(response.body);
    if (i == 0) team.join_code = std::string_view{body["join_code"]};
    team.members.push_back(
        std::make_unique<Player>(*this, core, player, std::string{std::string_view{body["token"]}}));
    team.members.back()->connect();
  }
  return team;
}

actors::Code World::operate(actors::CommandKind kind, std::string_view district, std::string_view text) {
  actors::Command command;
  command.kind = kind;
  command.text = text;
  if (!district.empty()) command.district = hunt_->find_district(district).value();
  return gate(0).command(*this, command).code;
}

}  // namespace cairn::test
