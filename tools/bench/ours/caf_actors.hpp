// Actors that are CAF's, by the same recipe as districts, puzzles and teams (actors/runtime/hot.hpp): what `cairn bench
// bus` measures is the whole way to them.
//
// Owner: a BenchCore. Threads: made and ended by the program's thread while no loop runs; else the core's loop.
#pragma once

#include <caf/all.hpp>
#include <cstdint>
#include <thread>
#include <vector>

#include "actors/runtime/home.hpp"
#include "actors/runtime/hot.hpp"
#include "bus/core.hpp"
#include "tools/bench/peers/harness/actors.hpp"

namespace cairn::bench {

class HotActor final : public actors::hot<> {
 public:
  HotActor(caf::actor_config& config, actors::Home& home, std::uint64_t number)
      : actors::hot<>(config, home), number_(number) {}

  void touch(const Event& event) {
    deliver([&] { state_.touch(event, number_); });
  }
  [[nodiscard]] const ActorState& state() const { return state_; }

 private:
  caf::behavior make_behavior() override {
    return {[this](caf::get_atom) { return state_.events; }};
  }

  const std::uint64_t number_;
  ActorState state_;
};

class CafActors final : public actors::Home {
 public:
  CafActors(const workload::Schedule& schedule, std::size_t core, std::size_t cores, caf::actor_system& system)
      : schedule_(schedule), cores_(cores), system_(system), context_(system), index_(core) {}

  void attach(bus::Core& core) {
    core_ = &core;
    spawn(schedule_.districts, 0, districts_);
    spawn(schedule_.teams, schedule_.districts, teams_);
  }
  void enter() { loop_ = std::this_thread::get_id(); }
  void end() {
    loop_ = std::thread::id{};
    for (auto* actors : {&districts_, &teams_})
      for (HotActor* actor : *actors) actor->deliver([actor] { actor->quit(caf::exit_reason::user_shutdown); });
    while (core_->run_jobs()) {
    }
    references_.clear();
  }

  void touch(const Event& event) {
    (event.to_team != 0 ? teams_[event.team / cores_] : districts_[event.district / cores_])->touch(event);
  }
  template <class F>
  void for_each_state(F&& f) const {
    for (const auto* actors : {&districts_, &teams_})
      for (const HotActor* actor : *actors) f(actor->state());
  }

  // --- actors::Home ---
  void push(bus::Job& turn) noexcept override {
    core_->mailbox().push(turn);
  }
  [[nodiscard]] caf::execution_unit& context() noexcept override { return context_; }
  [[nodiscard]] bool is_here() const noexcept override {
    return loop_ == std::thread::id{} || loop_ == std::this_thread::get_id();
  }

 private:
  // Those of `count` actors whose home this core is; the first has the number `from`.
  void spawn(std::size_t count, std::uint64_t from, std::vector<HotActor*>& made) {
    for (std::size_t i = index_; i < count; i += cores_) {
      const caf::actor actor = system_.spawn<HotActor>(static_cast<actors::Home&>(*this), from + i);
      references_.push_back(actor);
      made.push_back(static_cast<HotActor*>(caf::actor_cast<caf::abstract_actor*>(actor)));
    }
  }

  const workload::Schedule& schedule_;
  const std::size_t cores_;
  caf::actor_system& system_;
  actors::ColdUnit context_;
  const std::size_t index_;
  bus::Core* core_ = nullptr;
  std::thread::id loop_;
  std::vector<caf::actor> references_;
  std::vector<HotActor*> districts_;
  std::vector<HotActor*> teams_;
};

}  // namespace cairn::bench
