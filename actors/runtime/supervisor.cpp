#include "actors/runtime/supervisor.hpp"

#include <functional>
#include <string>
#include <unordered_map>

namespace cairn::actors {

namespace {

class Supervisor final : public caf::event_based_actor {
 public:
  Supervisor(caf::actor_config& config, std::function<RestartPort&(ActorId)> home_of, bus::Tell tell)
      : caf::event_based_actor(config), home_of_(std::move(home_of)), tell_(std::move(tell)) {
    set_down_handler([this](const caf::down_msg& down) { on_down(down); });
  }

 private:
  caf::behavior make_behavior() override {
    return {[this](watch_atom, const caf::actor& watched, std::uint32_t id) {
      watched_.insert_or_assign(watched.address(), ActorId{id});
      monitor(watched);
    }};
  }

  void on_down(const caf::down_msg& down) {
    const auto found = watched_.find(down.source);
    if (found == watched_.end()) return;
    const ActorId actor = found->second;
    watched_.erase(found);
    if (down.reason == caf::exit_reason::user_shutdown) return;
    tell_("actor " + std::to_string(index_of(actor)) + " of kind " +
          std::to_string(static_cast<unsigned>(kind_of(actor))) + " stopped (" +
          system().render(down.reason) + ") and is started again from the journal");
    home_of_(actor).restart_later(actor);
  }

  std::function<RestartPort&(ActorId)> home_of_;
  const bus::Tell tell_;
  std::unordered_map<caf::actor_addr, ActorId> watched_;
};

}  // namespace

void watch(const caf::actor& supervisor, const caf::actor& hot_actor, ActorId id) {
  caf::anon_send(supervisor, watch_atom::value, hot_actor, static_cast<std::uint32_t>(id));
}

caf::actor spawn_supervisor(caf::actor_system& system, std::function<RestartPort&(ActorId)> home_of,
                            bus::Tell tell) {
  return system.spawn<Supervisor>(std::move(home_of), std::move(tell));
}

}  // namespace cairn::actors
