// A CAF actor whose every turn runs on its home core, and that takes typed messages without CAF's mailbox.
//
// It overrides three virtuals of caf::scheduled_actor (CAF 0.17.6; the members are visible but not promised, so CMake
// pins the version): enqueue() and launch() hand CAF an execution unit of our own whose exec_later() puts the actor on
// its home core's list of jobs, whoever sends; cleanup() notes that the actor is dead. Ordinary CAF messages, monitors,
// links and requests work as they do everywhere; they are run at home, in turn with the typed ones.
//
// Owner: CAF's reference counts; the home core's slot table holds one. Threads: every turn on the home core's loop.
// Bounds: kCafMessagesPerJob ordinary messages a turn. A hot actor can be neither detached nor blocking.
#pragma once

#include <caf/all.hpp>
#include <exception>
#include <type_traits>
#include <utility>

#include "actors/runtime/home.hpp"
#include "bus/assert.hpp"
#include "bus/limits.hpp"

namespace cairn::actors {

template <class Base = caf::event_based_actor>
class hot : public Base, public bus::Job {
  static_assert(!std::is_base_of_v<caf::blocking_actor, Base>,
                "a hot actor shares its core: it cannot block");

 public:
  template <class... Ts>
  explicit hot(caf::actor_config& config, Home& home, Ts&&... xs)
      : Base(config, std::forward<Ts>(xs)...), home_(home), unit_(*this) {}

  void enqueue(caf::mailbox_element_ptr element, caf::execution_unit* /*of_the_sender*/) override {
    Base::enqueue(std::move(element), &unit_);
  }

  void launch(caf::execution_unit* /*of_the_spawner*/, bool lazy, bool hide) override {
    Base::launch(&unit_, lazy, hide);
  }

  bool cleanup(caf::error&& reason, caf::execution_unit* host) override {
    dead_ = true;
    return Base::cleanup(std::move(reason), host);
  }

  [[nodiscard]] bool dead() const { return dead_; }

  // Runs a typed handler as one message of this actor. False if the actor is dead, now or already; an exception ends
  // it as one thrown by an ordinary handler would.
  template <class Handler>
  bool deliver(Handler&& handler) {
    CAIRN_ASSERT(home_.is_here());
    if (dead_) return false;
    // The first one runs make_behavior(), should it overtake the launch, and sets the context, which stays the home's.
    if (!is_active_ && !(is_active_ = this->activate(&home_.context()))) return false;
    try {
      handler();
    } catch (...) {
      std::exception_ptr thrown = std::current_exception();
      this->quit(this->call_handler(this->exception_handler_, this, thrown));
    }
    this->bhvr_stack_.cleanup();
    // An actor that has a behaviour is alive, and finalize() would find out by looking all over a kilobyte that is in no
    // cache when there are many actors.
    if (!this->has_behavior()) this->finalize();
    return !dead_;
  }

 private:
  // What CAF is told to be running in: a job for the home core, never a worker's queue.
  class Unit final : public caf::execution_unit {
   public:
    explicit Unit(hot& self) : caf::execution_unit(&self.system()), self_(self) {}
    // The reference that CAF has taken for the turn goes with the job.
    void exec_later(caf::resumable* /*always self*/) override { self_.home_.push(self_); }

   private:
    hot& self_;
  };

  void run_job() final {
    CAIRN_ASSERT(home_.is_here());
    if (this->resume(&home_.context(), bus::kCafMessagesPerJob) == caf::resumable::resume_later)
      home_.push(*this);
    else
      caf::intrusive_ptr_release(static_cast<caf::resumable*>(this));
  }

  Home& home_;
  Unit unit_;
  bool dead_ = false;
  bool is_active_ = false;
};

}  // namespace cairn::actors
