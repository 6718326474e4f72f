#include "tools/crowd/crowd.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <string>

#include "tools/crowd/signup.hpp"
#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) { interrupted = 1; }

Result<void> raise_file_limit(std::uint32_t players) {
  constexpr rlim_t kOthers = 64;
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  const rlim_t wanted = players + kOthers;
  if (limit.rlim_max >= wanted) return {};
  return failure("this machine allows " + std::to_string(limit.rlim_max) + " open files, " +
                 std::to_string(players) + " players need " + std::to_string(wanted) +
                 "; raise it with `ulimit -Hn`, or ask for fewer with --players");
}

Result<std::string> read_token(const std::string& path) {
  std::ifstream file(path);
  std::string token;
  if (!file || !(file >> token)) {
    return failure("cannot read an operator's token from " + path + "; make one with `cairn token operator`");
  }
  return {boost::system::in_place_value, std::move(token)};
}

}  // namespace

Result<std::unique_ptr<Crowd>> Crowd::make(const LoadOptions& options) {
  if (auto raised = raise_file_limit(options.players); raised.has_error()) return raised.error();
  auto address = resolve(options.url);
  if (address.has_error()) return address.error();
  auto loop = Loop::make();
  if (loop.has_error()) return loop.error();
  std::unique_ptr<Crowd> crowd(new Crowd(options, *address, std::move(*loop)));
  if (!options.answer_key_path.empty()) {
    auto book = PuzzleBook::read(options.answer_key_path);
    if (book.has_error()) return book.error();
    crowd->scene_.book = std::move(*book);
  }
  if (options.profile == Profile::openings) {
    auto admin = resolve(options.admin_url);
    if (admin.has_error()) return admin.error();
    auto token = read_token(options.operator_token_path);
    if (token.has_error()) return token.error();
    crowd->operators_ = std::make_unique<Operators>(crowd->scene_, *admin, *token);
  }
  crowd->make_players();
  return crowd;
}

Crowd::Crowd(const LoadOptions& options, const Address& address, std::unique_ptr<Loop> loop)
    : options_(options),
      address_(address),
      loop_(std::move(loop)),
      gate_([this](std::uint32_t player) { players_[player]->enter(); }),
      scene_(*loop_, address_, options_, gate_),
      director_(scene_, players_),
      server_(address_.port, options.server_pid),
      live_(scene_, server_, options.live) {}

Crowd::~Crowd() = default;

void Crowd::make_players() {
  const std::uint32_t teams =
      std::clamp(options_.teams == 0 ? options_.players / 4 : options_.teams, 1U, options_.players);
  scene_.teams.resize(teams);
  for (std::uint32_t player = 0; player < options_.players; ++player) {
    // Neighbours are team mates.
    const auto team =
        static_cast<std::uint32_t>(static_cast<std::uint64_t>(player) * teams / options_.players);
    scene_.teams[team].members.push_back(player);
    players_.push_back(std::make_unique<Player>(scene_, player, team));
  }
  profiles_ = std::make_unique<Profiles>(scene_, director_, players_, operators_.get());
  profiles_->assign_manners();
}

void Crowd::run_until(std::uint64_t deadline_ns, std::string_view what, std::uint64_t all,
                      const std::function<std::uint64_t()>& progress) {
  for (;;) {
    const std::uint64_t done = progress();
    std::uint64_t now = now_ns();
    live_.tick(now, what, done, all);
    if (done >= all || now >= deadline_ns || interrupted != 0) return;
    scene_.timers.run_due(now);
    director_.run_due(now);
    now = now_ns();
    loop_->turn(now, std::min({deadline_ns, scene_.timers.next_ns(), director_.next_ns(), live_.next_ns()}));
  }
}

Result<void> Crowd::run() {
  interrupted = 0;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGPIPE, SIG_IGN);
  if (auto signed_up = sign_up(); signed_up.has_error()) return signed_up;
  if (auto connected = connect(); connected.has_error()) return connected;
  play();
  drain();
  verify();
  leave();
  live_.finish();
  return {};
}

Result<void> Crowd::sign_up() {
  Signup signup(scene_, players_);
  signup.start();
  const std::uint64_t deadline = now_ns() + (60 + options_.players / 50) * kNsPerSecond;
  run_until(deadline, "players who joined", options_.players,
            [&] { return signup.failure_text().empty() ? signup.joined() : options_.players; });
  if (!signup.failure_text().empty()) return failure(signup.failure_text());
  if (signup.joined() == options_.players) return {};
  return failure("only " + std::to_string(signup.joined()) + " of " + std::to_string(options_.players) +
                 " players could join");
}

Result<void> Crowd::connect() {
  for (const auto& player : players_) player->join();
  const std::uint64_t deadline = now_ns() + (30 + options_.players / 50) * kNsPerSecond;
  run_until(deadline, "players connected", options_.players, [this] { return scene_.tally.connected; });
  scene_.tally.connected_at_start = scene_.tally.connected;
  if (scene_.tally.connected == 0) return failure("nobody could connect to " + address_.host_header);
  run_until(now_ns() + 20 * kNsPerSecond, "teams that know their puzzles", scene_.teams.size(), [this] {
    return static_cast<std::uint64_t>(std::count_if(scene_.teams.begin(), scene_.teams.end(),
                                                    [](const Team& team) { return team.heard_state; }));
  });
  return {};
}

void Crowd::play() {
  Tally& tally = scene_.tally;
  server_.sample();
  const double server_cpu = server_.cpu_seconds();
  const double crowd_cpu = own_cpu_seconds();
  const std::uint64_t events = tally.events_received;
  live_.note("everybody is in, play begins");
  const std::uint64_t start = now_ns();
  const auto length = static_cast<std::uint64_t>(options_.seconds * 1e9);
  scene_.playing = true;
  scene_.measuring = true;
  director_.start(start);
  profiles_->start(start, start + length);
  const auto whole_seconds = static_cast<std::uint64_t>(options_.seconds + 0.999);
  run_until(start + length, "seconds played", whole_seconds,
            [start] { return (now_ns() - start) / kNsPerSecond; });
  director_.stop();
  scene_.playing = false;
  tally.play_seconds = static_cast<double>(now_ns() - start) / 1e9;
  tally.events_in_play = tally.events_received - events;
  tally.server_found = server_.sample();
  tally.server_rss_bytes = server_.rss_bytes();
  tally.server_cpu_seconds = server_.cpu_seconds() - server_cpu;
  tally.crowd_cpu_seconds = own_cpu_seconds() - crowd_cpu;
}

void Crowd::drain() {
  // After Ctrl-C the rest is still done: what was acknowledged is worth verifying.
  interrupted = 0;
  const auto settled = [this] {
    return static_cast<std::uint64_t>(std::count_if(players_.begin(), players_.end(), [](const auto& player) {
      return player->outstanding() == 0 &&
             (player->phase() == Player::Phase::playing || player->phase() == Player::Phase::gone);
    }));
  };
  // Counting 6,000 players in every turn would cost more than the turn.
  std::uint64_t counted = 0;
  std::uint64_t next_count_ns = 0;
  run_until(now_ns() + 15 * kNsPerSecond, "players whose replies have come", players_.size(), [&] {
    if (now_ns() < next_count_ns) return counted;
    counted = settled();
    next_count_ns = now_ns() + 20 * kNsPerMs;
    scene_.timers.at(next_count_ns, [] {});
    return counted;
  });
  scene_.measuring = false;
  for (const auto& player : players_) scene_.tally.unanswered += player->outstanding();
  scene_.ledger.record_spreads(scene_.tally.event_spread_us);
}

std::uint64_t Crowd::teams_verified() const {
  return static_cast<std::uint64_t>(std::count_if(scene_.teams.begin(), scene_.teams.end(),
                                                  [](const Team& team) { return team.verified; }));
}

void Crowd::ask_for_verification() {
  // A few hundred states at a time, each asked of another member when the first one does not answer.
  constexpr std::uint64_t kRoundNs = 500 * kNsPerMs;
  constexpr std::size_t kInRound = 300;
  std::size_t asked = 0;
  for (const Team& team : scene_.teams) {
    if (team.verified || team.promises() == 0) continue;
    Player* const player = director_.free_member(team, scene_.chance.next());
    if (player == nullptr) continue;
    player->look(Ask::verify, now_ns());
    if (++asked == kInRound) break;
  }
  scene_.timers.at(now_ns() + kRoundNs, [this] {
    if (!scene_.leaving && teams_verified() < scene_.teams.size()) ask_for_verification();
  });
}

void Crowd::verify() {
  for (Team& team : scene_.teams) {
    // A team without promises has nothing to verify.
    if (team.promises() == 0) team.verified = true;
  }
  ask_for_verification();
  run_until(now_ns() + 60 * kNsPerSecond, "teams verified", scene_.teams.size(),
            [this] { return teams_verified(); });
  for (const Team& team : scene_.teams) {
    if (!team.verified) scene_.tally.acknowledged_unverified += team.promises();
    if (!team.skipped) scene_.tally.solves_untold += team.untold_solves();
  }
}

void Crowd::leave() {
  scene_.leaving = true;
  // The tally keeps how many were there when everything had been asked.
  const std::uint64_t connected = scene_.tally.connected;
  for (const auto& player : players_) player->leave();
  scene_.tally.connected = connected;
}

Outcome Crowd::outcome() const {
  Outcome outcome{options_, scene_.tally};
  outcome.teams = scene_.teams.size();
  outcome.identity_errors = scene_.ledger.identity_errors();
  outcome.openings_asked = profiles_->openings_asked();
  outcome.openings_refused = operators_ ? operators_->refused() : 0;
  outcome.rush_triggers = profiles_->rush_triggers();
  return outcome;
}

}  // namespace cairn::crowd
