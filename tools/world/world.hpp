// A whole hunt in one thread on a virtual clock: the real actors, bus, journal, gateways, sessions and protocol, the
// players' connections and the cores' turns in a seeded order. Only clock, chance, the accepting of sockets and the disk
// are passed in; the same seed gives the same bytes.
//
// Owner: a test or a simulation. Threads: its one. Errors: what cannot be set up throws std::runtime_error, and whatever
// lets time pass throws Restless when it cannot.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages/reply.hpp"
#include "bus/clock.hpp"
#include "bus/random.hpp"
#include "net/gateway/counters.hpp"
#include "net/http/static_files.hpp"
#include "tools/cairn/house.hpp"
#include "tools/world/chronicle.hpp"
#include "tools/world/player.hpp"

namespace cairn::world {

// The server works on and on in one moment, so that time cannot pass.
struct Restless : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct WorldOptions {
  std::shared_ptr<const config::Hunt> hunt;
  std::filesystem::path data;  // the journal's directory; made if it is missing
  std::uint64_t seed = 7;
  std::size_t cores = 2;
  Weather weather;                                    // of every new connection
  int socket_send_bytes = 0;                          // of the gateways' sockets; 0: the kernel's
  bus::FileLayer* files = &bus::system_files();       // what the data are on
  std::function<void()> on_death;                     // the process is dying: what it has open dies with it
  std::uint64_t checkpoint_every = kCheckpointEvery;  // entries
  std::uint32_t speed = 1;                            // more: a rehearsal
  actors::RoleFactory role_factory;
  bus::Tell tell = [](const std::string&) {};
  Chronicle* chronicle = nullptr;  // nothing is written down
};

class World {
 public:
  explicit World(WorldOptions options);
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // --- players ---
  // A new team of as many players, who are connected and have said hello. Their names are NAME-1, NAME-2 …
  Team& team(std::string_view name, std::size_t members = 1);
  [[nodiscard]] std::vector<std::unique_ptr<Team>>& teams() { return teams_; }
  // One more who watches without a token, and has said hello; of no team.
  Player& spectator();
  // One more telephone of that player, on that core; it has not connected.
  Player& another_device(const Player& of, std::size_t core);
  template <class F>
  void for_each_player(F&& f) {
    for (const auto& team : teams_)
      for (const auto& player : team->members) f(*player);
  }
  // POST on the players' listener, in fair weather, waiting for the answer; its status is 0 if none came.
  HttpAnswer post(std::string_view path, std::string_view json);
  // A connection of its own to that core's gateway.
  std::unique_ptr<Client> dial(std::size_t core);

  // --- time ---
  // Turns everybody until nobody has anything to do, broadcasts that wait for their spacing and what is on its way
  // in the weather too (tens of milliseconds pass).
  void settle();
  // Settles, and goes on while `done` does not hold; at most kPatienceMs.
  template <class F>
  void settle_until(F&& done) {
    settle();
    for (std::int64_t waited_ms = 0; !done() && waited_ms < kPatienceMs; waited_ms += kStepMs)
      after(std::chrono::milliseconds{kStepMs});
  }
  // Time passes, in steps in which everybody gets turns.
  void after(std::chrono::nanoseconds time);
  // Everybody once, in an order of this moment; returns whether anybody did anything.
  bool turn();
  [[nodiscard]] std::int64_t now_ms() const { return clock_.steady_ns() / 1'000'000; }
  [[nodiscard]] bus::VirtualClock& clock() { return clock_; }
  [[nodiscard]] bus::SeededRandom& random() { return random_; }

  // --- what happens to the server ---
  // The process dies between two turns, and every connection with it. Nothing but start() may follow.
  void die();
  // It is told to stop: what was decided is committed, and the files are closed. The same holds behind it.
  void stop();
  // Another process on the same files. Players must resume. What refuses to start throws.
  void start();
  void crash_and_restart() {
    die();
    start();
  }
  // And something happens to its files meanwhile, or it has other cores from then on (each player's is one of them).
  void crash_and_restart(const std::function<void()>& meanwhile) {
    die();
    meanwhile();
    start();
  }
  void crash_and_restart(std::size_t cores);
  // The actor dies of a fault; its supervisor has it started again from the journal. False: there is no such actor now.
  bool kill(actors::ActorId actor);
  // What an operator does; returns the code of the answer, or kInternal if none came.
  actors::Code operate(actors::CommandKind kind, std::string_view district = {}, std::string_view text = {});
  actors::Code operate(const actors::Command& command);
  // The same without waiting; false: there was no place for it.
  bool start_operating(actors::Command command);
  bool start_operating(actors::CommandKind kind, std::string_view district = {}, std::string_view text = {});

  // What the gateways of all lives have counted.
  struct Counted {
    net::CloseCounts closes;
    std::uint64_t aborted = 0;
    std::uint64_t commands_parked = 0;
    std::uint64_t snapshots = 0;
    std::uint64_t declared_skips = 0;
  };
  [[nodiscard]] Counted counted() const;

  [[nodiscard]] const config::Hunt& hunt() const { return *options_.hunt; }
  [[nodiscard]] const std::shared_ptr<const config::Hunt>& shared_hunt() const { return options_.hunt; }
  [[nodiscard]] House& house() { return *house_; }
  // The first gateway's.
  [[nodiscard]] const net::View& view() const;
  [[nodiscard]] std::size_t cores() const { return options_.cores; }
  void set_weather(const Weather& weather) { options_.weather = weather; }
  // Players whom the gateways take for connected.
  [[nodiscard]] std::size_t connected_players() const;
  [[nodiscard]] const Weather& weather() const { return options_.weather; }
  // Writes it down, if anybody does.
  void did(std::string_view who, std::string_view what) {
    if (options_.chronicle != nullptr) options_.chronicle->did(now_ms(), who, what);
  }
  void told(std::string_view who, std::string_view json) {
    if (options_.chronicle != nullptr) options_.chronicle->told(now_ms(), who, json);
  }

 private:
  // Longer than any deadline after which a server gives an asker up.
  static constexpr std::int64_t kPatienceMs = 15'000;
  static constexpr std::int64_t kStepMs = 20;

  class Front;

  std::unique_ptr<Client> dial(std::size_t core, const Weather& weather);
  HttpAnswer let_in(std::string_view path, std::string_view json);
  void open_house();
  void end_connections();
  void tear_down();
  void run_dry();
  bool listen();
  [[nodiscard]] const bus::Clock& servers_clock() const {
    return options_.speed > 1 ? static_cast<const bus::Clock&>(rehearsal_) : clock_;
  }

  WorldOptions options_;
  bus::VirtualClock clock_{1'700'000'000'000};
  bus::SpedClock rehearsal_;
  bus::SeededRandom random_;
  net::StaticFiles files_;
  std::vector<std::size_t>
      hands_;  // the cores and, as the last number, the journal, in the order of the last turn
  std::vector<std::unique_ptr<Front>> fronts_;
  std::unique_ptr<House> house_;
  std::vector<std::unique_ptr<Team>> teams_;
  std::vector<std::unique_ptr<Player>> others_;  // spectators, further devices
  std::unique_ptr<Client> caller_;               // of post()
  Counted counted_;                              // in former lives
};

}  // namespace cairn::world
