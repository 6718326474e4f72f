// A shard: what lives on one core. Its actors, what they share (names, hunt time, remembered replies), the way of a
// command to its decider, of an entry to the journal, and of committed entries to whoever folds them.
//
// Owner: the program. Threads: the core's loop; restart_later() and push() from any thread.
// Bounds: kReactionsPerTurn, kParkedMax. A command is decided only while the journal's ring has room for what it emits.
#pragma once

#include <caf/actor_system.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "actors/messages/port.hpp"
#include "actors/role.hpp"
#include "actors/runtime/home.hpp"
#include "actors/runtime/hunt_clock.hpp"
#include "actors/runtime/placement.hpp"
#include "actors/runtime/request_memory.hpp"
#include "actors/runtime/slots.hpp"
#include "actors/runtime/supervisor.hpp"
#include "actors/world.hpp"
#include "bus/core.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

// Commands kept for an actor that is being restarted; what comes beyond is answered `overloaded`.
inline constexpr std::size_t kParkedMax = 64;
// What opens by a time of day is at most this late while anybody is connected, whose deadlines keep the loop awake …
inline constexpr std::int64_t kTickNs = 200'000'000;
// … and this late while nobody is: so often does an idle loop wake.
inline constexpr std::int64_t kIdleTickNs = 1'000'000'000;

// Lets a test put a role of its own in an actor's place.
using RoleFactory = std::function<std::unique_ptr<Role>(ActorId, std::unique_ptr<Role>)>;

class Shard final : public bus::CoreHandler, public CommandPort, public Home, public RestartPort {
 public:
  Shard(bus::Core& core, std::shared_ptr<const config::Hunt> hunt, caf::actor_system& system,
        RoleFactory role_factory = {});
  ~Shard() override;

  // How many run queues a core needs for this hunt: one per district, and for teams, hunt and view.
  static std::size_t queues(const config::Hunt& hunt) { return hunt.districts.size() + 3; }

  // --- before the loop runs, from the thread that starts it ---
  void attach(GatewayPort& gateway) { gateway_ = &gateway; }
  void supervise(caf::actor supervisor) { supervisor_ = std::move(supervisor); }
  void spawn_actors();
  void replay(const Entry& entry);
  // Instead of the replay of every entry through `sequence`: what a checkpoint says they amount to.
  void load(std::uint64_t sequence, StateReader in);
  // Every actor may have something to react to after a restart.
  void start();

  // --- from the loop's thread ---
  void enter() { owner_ = std::this_thread::get_id(); }
  [[nodiscard]] bool submit(const Command& command) noexcept override;
  void announce_replacement(PlayerIndex player, std::uint64_t generation) noexcept override;
  [[nodiscard]] caf::actor find(ActorId actor);
  [[nodiscard]] std::int64_t hunt_ms() const { return hunt_clock_.now_ms(core_.clock().played_ns()); }

  // --- while no loop runs, or in its turn ---
  // What every core holds alike, then what the gateway's view does.
  void save_shared(StateWriter& out) const;
  void save_view(StateWriter& out) const;
  // Null: of another core.
  [[nodiscard]] const Role* role(ActorId actor) const;
  // Whether all that was decided here has been committed and folded again, by actors that are all alive.
  [[nodiscard]] bool is_settled();

  // --- after the loop has ended: ends every actor, on the calling thread ---
  void shut_down();

  // --- from any thread ---
  void restart_later(ActorId actor) override;

  // --- bus::CoreHandler ---
  void on_committed(const bus::Message& message) override;
  bool on_folded() override;
  std::size_t queue_of(const bus::Message& message) override;
  bool on_message(const bus::Message& message) override;
  bool on_idle_work() override;
  std::int64_t park_ns_max() override { return kIdleTickNs; }

  // --- Home ---
  void push(bus::Job& turn) noexcept override;
  [[nodiscard]] caf::execution_unit& context() noexcept override;
  [[nodiscard]] bool is_here() const noexcept override {
    return owner_ == std::thread::id{} || owner_ == std::this_thread::get_id();
  }

 private:
  class Restart;

  [[nodiscard]] bool is_local(ActorId actor) const { return placement_.core_of(actor) == core_.index(); }
  [[nodiscard]] std::unique_ptr<Role> make_role(ActorId actor);
  void spawn(ActorId actor);

  void handle_command(std::span<const std::byte> bytes);
  void decide(ActorId decider, Slot& slot, const Command& command);
  void answer(const Command& command, const Reply& reply);
  void park_or_refuse(Slot& slot, const Command& command, std::span<const std::byte> bytes);

  void fold(const Entry& entry);
  void fold_into(ActorId actor, const Entry& entry);
  void mark_dirty(ActorId actor);
  void mark_all_dirty();
  bool react(ActorId actor);
  void tick(std::int64_t now_ns);
  void tell_notice(const Notice& notice);

  void restart(ActorId actor);
  void read_back(const bus::Message& message);
  void read_back_done(ActorId actor);

  bus::Core& core_;
  const std::shared_ptr<const config::Hunt> hunt_;
  caf::actor_system& system_;
  const RoleFactory role_factory_;
  const Placement placement_;
  ColdUnit context_;
  GatewayPort* gateway_ = nullptr;
  caf::actor supervisor_;
  std::thread::id owner_;

  World world_;
  HuntClock hunt_clock_;
  RequestMemory requests_;
  Slots slots_;
  std::vector<ActorId> dirty_;  // a queue: from dirty_first_ on
  std::size_t dirty_first_ = 0;
  std::vector<ActorId> restarts_due_;                // whose read-back found no room in the journal's ring
  std::vector<std::int64_t> elapsed_thresholds_ms_;  // of `after` rules, ascending; what is passed is dropped
  std::int64_t ticked_ns_ = 0;
  std::uint64_t folded_ = 0;
  bool read_only_ = false;
  bool ended_ = false;
  std::vector<std::byte> scratch_;
};

}  // namespace cairn::actors
