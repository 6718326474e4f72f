// Plays the steps of a plan in a world, and proves the state of every server that starts meanwhile.
//
// Owner: a run. Threads: one. Bounds: kTeamsMax teams, kKillsMax deaths of an actor.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/simulate/backups.hpp"
#include "tools/simulate/plan.hpp"
#include "tools/simulate/run.hpp"
#include "tools/world/disk/simulated_disk.hpp"
#include "tools/world/world.hpp"

namespace cairn::simulate {

// Where the server's files are on the simulated disk.
inline constexpr const char* kDataDirectory = "/hunt";

// Of a world whose server has its files there.
[[nodiscard]] world::WorldOptions on_disk(world::SimulatedDisk& disk, const RunOptions& options,
                                          std::uint64_t checkpoint_every);

class Play {
 public:
  Play(world::World& world, world::SimulatedDisk& disk, const RunOptions& options,
       std::uint64_t checkpoint_every, RunResult& result);

  void step(const Step& step);
  // The faults are over: everybody comes back and hears what he missed.
  void calm_down();
  // Why the state is not what it must be, if so: told with these words before it.
  void prove(const std::string& when);
  [[nodiscard]] const Backups& backups() const { return backups_; }

  // What is to happen in some run.
  static std::vector<std::string> sights();

 private:
  [[nodiscard]] world::Player* player(std::uint32_t number) {
    return players_.empty() ? nullptr : players_[number % players_.size()];
  }
  bool does(const Step& step);
  bool does(world::Player& who, const Step& step);
  bool asks(world::Player& who, const Step& step);
  bool send_again(world::Player& who, std::uint32_t back);
  bool new_team(std::uint32_t members);
  bool come_back(world::Player& who);
  bool recover(world::Player& who);
  bool rescore(std::uint32_t number, const Step& step);
  bool operate(actors::CommandKind kind, std::string_view district = {}, std::string_view text = {});
  bool kill(const Step& step);
  bool set_clock(std::uint32_t choice);
  bool damage(const Step& step);
  bool die_at(std::uint32_t operation);
  bool fail(world::Operation::Kind kind, std::uint32_t kth);
  void restart();
  void cut_power(const Step& step);
  void mend_and_start();
  void see(const char* sight) { ++result_.seen[sight]; }

  world::World& world_;
  world::SimulatedDisk& disk_;
  const RunOptions& options_;
  const std::uint64_t checkpoint_every_;
  const config::Hunt& hunt_;
  RunResult& result_;
  Backups backups_;
  bool disk_has_failed_ = false;           // or may
  bool checkpoint_was_left_over_ = false;  // half of one, by the last death
  std::vector<world::Player*> players_;
  std::map<actors::ActorId, int> kills_;
};

}  // namespace cairn::simulate
