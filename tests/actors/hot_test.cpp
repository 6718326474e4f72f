// Goal: hot actors are real CAF actors: requests, monitors and exit messages reach them from ordinary actors, and every
// turn of theirs runs on the home core.
// Breaks when: enqueue() or launch() pass the sender's execution unit through, or a dead actor is not noticed.
#include <doctest/doctest.h>

#include <caf/all.hpp>

#include "actors/runtime/role_actor.hpp"
#include "tests/world/world.hpp"

using namespace cairn;
using namespace cairn::test;

TEST_CASE("an ordinary CAF actor asks a puzzle on a hot core and is answered") {
  World world;
  Team& red = world.team("Red");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  const auto puzzle =
      actors::actor_id(actors::ActorKind::kPuzzle, index(*world.hunt().find_puzzle("lantern")));
  const std::size_t home = actors::Placement{std::make_shared<config::Hunt>(world.hunt()), 2}.core_of(puzzle);
  const caf::actor handle = world.house().shard(home).find(puzzle);
  std::string answer;
  bool failed = false;
  caf::scoped_actor asker{world.house().system()};
  auto pending = asker->request(handle, caf::infinite, actors::describe_atom::value);
  // Only now does the home core get a turn: the answer is made there, and nowhere before.
  world.settle();
  pending.receive([&](const std::string& text) { answer = text; }, [&](const caf::error&) { failed = true; });
  CHECK_FALSE(failed);
  CHECK(answer == "puzzle lantern: 1 solves");
}

TEST_CASE("who monitors a team is told when it ends, and the team is started again") {
  World world;
  Team& red = world.team("Red");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  const auto team = actors::actor_id(actors::ActorKind::kTeam, 0);
  caf::scoped_actor watcher{world.house().system()};
  const caf::actor before = world.house().shard(0).find(team);
  watcher->monitor(before);
  caf::anon_send_exit(before, caf::exit_reason::kill);
  world.settle();
  bool told = false;
  watcher->receive([&](const caf::down_msg& down) { told = down.source == before.address(); });
  CHECK(told);
  CHECK(world.house().shard(0).find(team) != before);
  const std::string reply = red[0].ask("request_hint", R"({"puzzle":"lantern","hint":0})");
  CHECK(reply.find(R"("points":90)") != std::string::npos);
}
