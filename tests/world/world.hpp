// The world of a scenario: a whole hunt in one thread on a virtual clock. Real actors on real cores, the real journal on
// a real disk, the real sessions and protocol; only sockets and threads are left out.
//
// Owner: the test. Threads: its one. The same scenario gives the same bytes on every run.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/messages/port.hpp"
#include "bus/clock.hpp"
#include "bus/poller.hpp"
#include "bus/random.hpp"
#include "net/http/player_app.hpp"
#include "net/http/static_files.hpp"
#include "net/session/core_context.hpp"
#include "tests/world/player.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::test {

using namespace std::chrono_literals;

// A new, empty directory that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct WorldOptions {
  std::string hunt = "quay";
  std::size_t cores = 2;
  actors::RoleFactory role_factory;
  std::uint64_t checkpoint_every = kCheckpointEvery;
};

class World {
 public:
  explicit World(WorldOptions options = {});
  ~World();

  // A new team of as many players, who are connected and have said hello. Their names are NAME-1, NAME-2 …
  Team& team(std::string_view name, std::size_t members = 1);
  // Turns every core and the journal until nobody has anything to do.
  void settle();
  // Time passes, in steps in which everybody gets a turn.
  void after(std::chrono::milliseconds time);
  // The process dies between two turns; another one starts on the same files. Players must resume.
  void crash_and_restart();
  // The same, and something happens to its files while it is dead.
  void crash_and_restart(const std::function<void()>& meanwhile);
  // The same with as many cores from then on.
  void crash_and_restart(std::size_t cores) {
    options_.cores = cores;
    crash_and_restart();
  }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }

  // What an operator does; returns the code of the answer.
  actors::Code operate(actors::CommandKind kind, std::string_view district = {}, std::string_view text = {});

  [[nodiscard]] const config::Hunt& hunt() const { return *hunt_; }
  [[nodiscard]] House& house() { return *house_; }
  [[nodiscard]] bus::VirtualClock& clock() { return clock_; }
  [[nodiscard]] std::vector<std::unique_ptr<Team>>& teams() { return teams_; }

  // For players: a session on a core, and an HTTP exchange there.
  class Gate;
  [[nodiscard]] Gate& gate(std::size_t core) { return *gates_[core]; }

 private:
  void build();

  WorldOptions options_;
  std::shared_ptr<const config::Hunt> hunt_;
  TemporaryFolder folder_;
  bus::VirtualClock clock_{1'700'000'000'000};
  bus::SeededRandom random_{7};
  net::StaticFiles files_;
  std::vector<std::unique_ptr<bus::FdPoller>> pollers_;
  std::unique_ptr<House> house_;
  std::vector<std::unique_ptr<Gate>> gates_;
  std::vector<std::unique_ptr<Team>> teams_;
};

// Where a scenario's sessions of one core stand, as a gateway's do.
class World::Gate final : public actors::GatewayPort, private net::StreamDirectory {
 public:
  Gate(std::size_t core, const std::shared_ptr<const config::Hunt>& hunt, bus::StreamSet& streams,
       actors::CommandPort& commands, const bus::Clock& clock, bus::RandomSource& random,
       std::string_view data_id, const net::StaticFiles& files);

  // Returns the reference of a new session whose frames go to `player`.
  void connect(Player& player);
  void disconnect(Player& player);
  // POST on the players' listener; returns status and body. Runs the world until it is answered.
  net::HttpResponse post(World& world, std::string_view path, std::string_view body);
  actors::Reply command(World& world, actors::Command command);

  void on_entry(const actors::Entry& entry) override { context_.view.fold(entry); }
  void save(actors::StateWriter& out) const override { context_.view.save(out); }
  void load(actors::StateReader& in) override { context_.view.load(in); }
  void on_reply(const actors::SessionRef& session, std::string_view request_id,
                const actors::Reply& reply) override;
  void on_notice(const actors::Notice& /*notice*/) override {}
  void on_published(std::uint64_t /*sequence*/) override {}
  void on_replaced(actors::PlayerIndex /*player*/, std::uint64_t /*generation*/) override {}
  void on_read_only() override { context_.read_only = true; }
  bool on_turn() override;

  [[nodiscard]] bus::StreamSet& streams() { return streams_; }
  [[nodiscard]] net::CoreContext& context() { return context_; }

 private:
  struct Exchange;
  [[nodiscard]] std::uint64_t last_offset(actors::StreamId stream) const override;
  [[nodiscard]] bool can_follow(actors::StreamId stream, std::uint64_t offset) const override;

  std::size_t core_;
  bus::StreamSet& streams_;
  net::CoreContext context_;
  net::PlayerApp app_;
  std::vector<Player*> sessions_;
  std::uint64_t next_generation_ = 1;
  Exchange* exchange_ = nullptr;
  std::optional<actors::Reply> operator_reply_;
};

}  // namespace cairn::test
