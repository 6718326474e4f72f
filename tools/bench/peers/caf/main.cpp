// CAF: a district and a team are event-based actors on CAF's own scheduler, an event is one message.
//
// outside: two threads send with anon_send. inside: CAF has no loop to put a producer into; two actors that
// send what is due and then a message to themselves come nearest, and keep their workers busy. default: as it
// comes. tuned: two workers, eight messages a turn. sharing: two workers on one shared queue.
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <thread>
#include <vector>

#include "tools/bench/peers/harness/actors.hpp"
#include "tools/bench/peers/harness/options.hpp"
#include "tools/bench/peers/harness/process.hpp"
#include "tools/bench/peers/harness/producer.hpp"
#include "tools/bench/peers/harness/progress.hpp"
#include "tools/bench/peers/harness/report.hpp"
#include "tools/bench/peers/harness/watch.hpp"

struct Due {};

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(cairn::bench::Event)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(Due)

namespace {

using namespace cairn::bench;
namespace workload = cairn::workload;

constexpr std::size_t kProducers = 2;
constexpr std::int64_t kStartDelayNs = 100'000'000;

// Outlives the actor system, so that what the actors reached can be read when they have ended.
struct Actor {
  ActorState state;
  workload::Sums sums;
  Samples samples;
};

struct World {
  World(const workload::Schedule& the_schedule)
      : schedule(the_schedule), districts(the_schedule.districts), teams(the_schedule.teams) {
    if (schedule.closed_loop()) return;
    std::vector<std::size_t> measured(districts.size());
    for (std::size_t i = schedule.warm_events; i < schedule.records.size(); ++i)
      ++measured[schedule.records[i].district];
    for (std::size_t i = 0; i < districts.size(); ++i) districts[i].samples.reserve(measured[i]);
  }

  const workload::Schedule& schedule;
  Progress progress;
  std::vector<Actor> districts;
  std::vector<Actor> teams;
  std::vector<caf::actor> district_actors;
  std::vector<caf::actor> team_actors;
  std::int64_t start_ns = 0;
  std::atomic<bool> stop{false};
};

caf::behavior team(caf::event_based_actor*, World* world, std::uint32_t index) {
  Actor& own = world->teams[index];
  return {[world, index, &own](const Event& event) {
    own.state.touch(event, std::uint64_t{world->schedule.districts} + index);
    ++own.sums.follow_ups;
    world->progress.add_follow_up(index);
  }};
}

caf::behavior district(caf::event_based_actor* self, World* world, std::uint32_t index) {
  Actor& own = world->districts[index];
  return {[self, world, index, &own](const Event& event) {
    own.state.touch(event, index);
    ++((event.flags & workload::kTrigger) != 0 ? own.sums.triggers : own.sums.events);
    if ((event.flags & workload::kFollowUp) != 0) {
      Event onward = event;
      onward.to_team = 1;
      self->send(world->team_actors[event.team], onward);
    }
    if (!world->schedule.closed_loop() && event.sequence >= world->schedule.warm_events)
      own.samples.record(event.sequence, now_ns() - event.intended_ns);
    world->progress.add_event(index);
  }};
}

caf::behavior pump(caf::event_based_actor* self, World* world, Producer* producer) {
  return {[self, world, producer](Due due) {
    producer->send_due(now_ns(), 256, [&](const Event& event) {
      self->send(world->district_actors[event.district], event);
      return true;
    });
    if (!producer->done() && !world->stop) self->send(self, due);
  }};
}

void produce_outside(World& world, Producer& producer) {
  sleep_until(world.start_ns);
  while (!world.stop && !producer.done()) {
    const std::size_t sent = producer.send_due(now_ns(), 256, [&](const Event& event) {
      caf::anon_send(world.district_actors[event.district], event);
      return true;
    });
    if (sent != 0) continue;
    if (world.schedule.closed_loop())
      std::this_thread::yield();
    else
      sleep_until(producer.next_due_ns());
  }
}

Run run_in(caf::actor_system& system, World& world, bool inside) {
  for (std::uint32_t i = 0; i < world.schedule.teams; ++i)
    world.team_actors.push_back(system.spawn(team, &world, i));
  for (std::uint32_t i = 0; i < world.schedule.districts; ++i)
    world.district_actors.push_back(system.spawn(district, &world, i));
  world.start_ns = now_ns() + kStartDelayNs;
  std::vector<Producer> producers;
  for (std::size_t i = 0; i < kProducers; ++i) {
    producers.emplace_back(world.schedule, world.progress, i, kProducers);
    producers.back().start(world.start_ns);
  }
  std::vector<std::thread> threads;
  std::vector<caf::actor> pumps;
  for (Producer& producer : producers) {
    if (!inside) {
      threads.emplace_back([&world, &producer] { produce_outside(world, producer); });
      continue;
    }
    pumps.push_back(system.spawn(pump, &world, &producer));
    caf::anon_send(pumps.back(), Due{});
  }
  Run run = watch(world.schedule, world.progress, world.start_ns);
  world.stop = true;
  for (std::thread& thread : threads) thread.join();
  for (auto* actors : {&world.district_actors, &world.team_actors, &pumps}) {
    for (const caf::actor& actor : *actors) caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    actors->clear();
  }
  system.await_all_actors_done();
  return run;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse_options(argc, argv, "default tuned sharing");
  const workload::Schedule schedule = workload::load(options.schedule);
  World world{schedule};
  caf::actor_system_config config;
  if (options.variant != "default") config.set("scheduler.max-threads", options.cores);
  if (options.variant != "default") config.set("scheduler.max-throughput", std::size_t{8});
  if (options.variant == "sharing") config.set("scheduler.policy", caf::atom("sharing"));
  caf::actor_system system{config};
  Run run = run_in(system, world, options.inside);
  run.program = "caf";
  run.variant = options.variant;
  run.mode = options.inside ? "inside" : "outside";
  for (auto* actors : {&world.districts, &world.teams})
    for (Actor& actor : *actors) {
      run.sums += actor.sums;
      run.sums.checksum += actor.state.checksum;
      run.sums.trigger_checksum += actor.state.trigger_checksum;
      run.take(std::move(actor.samples));
    }
  std::puts(to_json(schedule, run).c_str());
}
