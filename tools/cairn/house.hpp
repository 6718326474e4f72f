// The house: everything between a command and its effects, put together. Journal, streams, cores, shards; no sockets and
// no clock of its own, so that a server and a scenario are made of the same parts.
//
// Owner: the program or a test. Threads: built, replayed and torn down by one thread; run() gives each core and the
// journal a thread of its own, a scenario calls turn() instead.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "actors/messages/port.hpp"
#include "actors/runtime/shard.hpp"
#include "bus/clock.hpp"
#include "bus/core.hpp"
#include "bus/journal/journal.hpp"
#include "bus/journal/system_files.hpp"
#include "bus/random.hpp"
#include "bus/result.hpp"
#include "bus/tell.hpp"
#include "config/model/hunt.hpp"
#include "tools/cairn/archivist.hpp"
#include "tools/cairn/last_state.hpp"

namespace cairn {

struct HouseOptions {
  std::shared_ptr<const config::Hunt> hunt;
  std::filesystem::path data;                         // the journal's directory
  bus::FileLayer* files = &bus::system_files();       // what that directory is on
  bus::RandomSource* random = &bus::system_random();  // for a new journal's data_id
  std::size_t cores = 1;
  std::vector<int> cpus;             // for each core, pinned while there are some to spare; empty: never
  actors::RoleFactory role_factory;  // for tests
  bool cold_by_hand = false;  // CAF's own actors run in turn_cold() alone, instead of on a thread of theirs
  bus::Tell tell = bus::tell_on_standard_error;  // what went wrong
  std::uint64_t checkpoint_every = kCheckpointEvery;
  std::vector<std::string> backed_up;  // files beside the journal that a backup takes along
};

// Whose journal it is: a rehearsal's is none of the hunt's, and neither goes on with the other's.
[[nodiscard]] std::string identity_of(const config::Hunt& hunt, bool is_rehearsal);

class House {
 public:
  // pollers: one for each core, outliving the house, as does the clock. If it is faster than time, this is a rehearsal.
  static Result<std::unique_ptr<House>> open(HouseOptions options, const bus::Clock& clock,
                                             const std::vector<bus::Poller*>& pollers);
  ~House();

  // Before replay().
  void attach(std::size_t core, actors::GatewayPort& gateway) { shards_[core]->attach(gateway); }
  // Brings actors, gateways and streams to where the journal ends: from its last checkpoint on, or, if there is none of
  // use, from its beginning.
  Result<void> replay();

  // Threads until stop().
  void run();
  void stop();
  // What stop() has left in the data directory; nothing if the journal had failed, or an actor was dead.
  [[nodiscard]] const std::optional<LastState>& last_state() const { return last_state_; }
  // One turn of one core, or of the journal, for who has no threads.
  bool turn(std::size_t core) { return cores_[core]->turn(); }
  bool turn_journal() { return journal_->turn(); }
  bool turn_archivist() { return archivist_->turn(); }
  // What is cold: the supervisor, and whoever asks actors from outside. Only if it is to be done by hand.
  bool turn_cold();

  // Every entry so far, for who has no threads.
  Result<void> read_journal(
      const std::function<Result<void>(std::uint64_t sequence, std::span<const std::byte> body)>& visit);
  // While no loop runs, or between turns: everything that was folded, as bytes and as the hash of those. The same journal
  // gives the same, however it was reached: played, replayed, from a checkpoint, on however many cores. Asked for only
  // when settled: all that was decided is committed and was folded again, and no actor is dead.
  [[nodiscard]] bool is_settled();
  void save_state(actors::StateWriter& out) const;
  [[nodiscard]] std::string state_hash() const;

  [[nodiscard]] std::size_t cores() const { return cores_.size(); }
  [[nodiscard]] bus::Core& core(std::size_t core) { return *cores_[core]; }
  [[nodiscard]] actors::Shard& shard(std::size_t core) { return *shards_[core]; }
  [[nodiscard]] bus::StreamSet& streams() { return *streams_; }
  [[nodiscard]] bus::Journal& journal() { return *journal_; }
  [[nodiscard]] Archivist& archivist() { return *archivist_; }
  // How many entries replay() has folded one by one.
  [[nodiscard]] std::uint64_t replayed() const { return replayed_; }
  [[nodiscard]] const std::string& data_id() const { return store_->data_id(); }
  [[nodiscard]] caf::actor_system& system() { return *system_; }

 private:
  class Encoder;
  [[nodiscard]] std::optional<bus::Mark> load_checkpoint();
  void tell_last_state();
  [[nodiscard]] bus::CheckpointKind checkpoint_kind() const {
    return {.state_version = actors::kStateVersion, .content_hash = options_.hunt->content_hash};
  }
  House(HouseOptions options, const bus::Clock& clock, const std::vector<bus::Poller*>& pollers,
        std::unique_ptr<bus::Store> store);

  const HouseOptions options_;
  const bus::Clock& clock_;
  const std::unique_ptr<bus::Store> store_;
  std::unique_ptr<Encoder> encoder_;
  std::unique_ptr<bus::StreamSet> streams_;
  std::unique_ptr<bus::Exchange> exchange_;
  std::unique_ptr<bus::Journal> journal_;
  caf::actor_system_config system_config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<std::unique_ptr<bus::Core>> cores_;
  std::vector<std::unique_ptr<actors::Shard>> shards_;
  caf::actor supervisor_;
  std::unique_ptr<Archivist> archivist_;
  std::uint64_t replayed_ = 0;
  std::optional<LastState> last_state_;
  std::vector<std::jthread> core_threads_;
  std::jthread journal_thread_;
  std::jthread archivist_thread_;
};

}  // namespace cairn
