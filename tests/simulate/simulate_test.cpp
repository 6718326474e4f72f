// Goal: what a swarm stands on: plans that follow from their seed, runs that repeat, rules that refuse what breaks them,
// and a minimiser that keeps what matters. Breaks when: a seed means something else the second time, a broken rule passes,
// or a shortened plan no longer fails.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/net/world_for_tests.hpp"
#include "tests/world/world.hpp"
#include "tools/simulate/minimise.hpp"
#include "tools/simulate/rules.hpp"
#include "tools/simulate/run.hpp"

using namespace cairn;
using namespace cairn::simulate;

namespace {

std::shared_ptr<const config::Hunt> quay() { return test::hunt_named("quay"); }

}  // namespace

TEST_CASE("a plan follows from its seed") {
  const auto hunt = quay();
  const auto same = [](const Plan& a, const Plan& b) {
    return std::ranges::equal(a.steps, b.steps, [](const Step& x, const Step& y) {
      return x.act == y.act && x.a == y.a && x.b == y.b && x.c == y.c && x.then_ms == y.then_ms;
    });
  };
  CHECK(same(make_plan(*hunt, 5, 200), make_plan(*hunt, 5, 200)));
  CHECK_FALSE(same(make_plan(*hunt, 5, 200), make_plan(*hunt, 6, 200)));
}

TEST_CASE(
    "in a large hunt most of a run is played among the puzzles of one district, which is opened first") {
  const auto hunt = test::hunt_named("harbour");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Plan plan = make_plan(*hunt, seed, 300);
    const auto opened = std::ranges::find(plan.steps, Act::kOpenDistrict, &Step::act);
    REQUIRE(opened != plan.steps.end());
    const auto is_near = [&](const Step& step) {
      const std::size_t first = actors::index(hunt->districts[opened->b].puzzles.front());
      return step.act == Act::kGuess && (step.b + hunt->puzzles.size() - first) % hunt->puzzles.size() < 24;
    };
    const auto guesses = std::ranges::count(plan.steps, Act::kGuess, &Step::act);
    REQUIRE(guesses > 50);
    CHECK(2 * std::ranges::count_if(plan.steps, is_near) > guesses);
  }
}

TEST_CASE("a run gives the same bytes again, and another seed gives others") {
  const RunOptions options{quay(), 2};
  const auto hash = [&](std::uint64_t seed) {
    return run(make_plan(*options.hunt, seed, 60), options).state_hash;
  };
  const std::uint64_t first = hash(1);
  CHECK(hash(1) == first);
  CHECK(hash(2) != first);
}

TEST_CASE("the rules let a night pass, and refuse what breaks them") {
  Rules rules{quay()};
  test::Entries entries;
  actors::Entry running = entries.next(actors::EntryKind::kHuntStateChanged);
  running.state = actors::HuntState::kRunning;
  CHECK(rules.follow(running).empty());
  CHECK(rules.follow(entries.team(0, "Red", "Ada", "JOINCODE", {}, {})).empty());
  CHECK(rules.follow(entries.team(1, "Red", "Bo", "JOINMORE", {}, {})) == "two teams have the same name");
  actors::Entry solved = entries.next(actors::EntryKind::kGuessDecided);
  solved.team = actors::TeamIndex{0};
  solved.puzzle = *quay()->find_puzzle("lantern");
  solved.verdict = actors::Verdict::kCorrect;
  CHECK(rules.follow(solved) == "the puzzle is locked for this team");
  actors::Entry gap = entries.next(actors::EntryKind::kAnnounced);
  ++gap.sequence;
  CHECK(rules.follow(gap).starts_with("its sequence"));
}

TEST_CASE("a failing plan is shortened to the steps that it fails by") {
  const Plan plan = make_plan(*quay(), 3, 400);
  const auto crashes = [](const Plan& part) {
    return std::ranges::count(part.steps, Act::kCrash, &Step::act) >= 2 &&
           std::ranges::count(part.steps, Act::kAnnounce, &Step::act) >= 1;
  };
  REQUIRE(crashes(plan));
  const Plan shortest = minimise(plan, crashes, 10'000);
  CHECK(shortest.steps.size() == 3);
  CHECK(crashes(shortest));
}
