// Goal: an actor that throws stops alone, is answered for, and comes back from the journal with all that it knew.
// Breaks when: an exception reaches the loop, the killing request stays without a reply, state is lost or applied twice by
// the read-back, or the supervisor does not have the actor started again.
#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/world/world.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

// A puzzle that throws on one answer, and is itself in everything else.
class Fragile final : public actors::Role {
 public:
  explicit Fragile(std::unique_ptr<actors::Role> inner) : inner_(std::move(inner)) {}
  void decide(const actors::Command& command, actors::Emitter& emitter) override {
    if (command.text == "boom") throw std::runtime_error("boom");
    inner_->decide(command, emitter);
  }
  void fold(const actors::Entry& entry) override { inner_->fold(entry); }
  void confirm(const actors::Entry& entry) override { inner_->confirm(entry); }
  bool react(actors::Emitter& emitter) override { return inner_->react(emitter); }
  void save(actors::StateWriter& out) const override { inner_->save(out); }
  void load(actors::StateReader& in) override { inner_->load(in); }
  [[nodiscard]] std::string describe() const override { return inner_->describe(); }

 private:
  std::unique_ptr<actors::Role> inner_;
};

WorldOptions fragile_lantern() {
  WorldOptions options;
  options.role_factory = [](actors::ActorId actor, std::unique_ptr<actors::Role> role) {
    if (actors::kind_of(actor) == actors::ActorKind::kPuzzle)
      return std::unique_ptr<actors::Role>(std::make_unique<Fragile>(std::move(role)));
    return role;
  };
  return options;
}

}  // namespace

TEST_CASE("a puzzle that throws answers internal, and others never notice") {
  World world{fragile_lantern()};
  Team& red = world.team("Red");
  Team& blue = world.team("Blue");
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("lantern", "boom") == "internal");
  CHECK(blue.submits("anchor", "anchor") == "correct");
}

TEST_CASE("a puzzle that died comes back with every team's tries, solves and points") {
  World world{fragile_lantern()};
  Team& red = world.team("Red");
  Team& blue = world.team("Blue");
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK(red.submits("lantern", "boom") == "internal");
  CHECK(red[0].submits("lantern", "moon") == "already_tried");
  CHECK(blue.submits("lantern", "lighthouse") == "already_solved");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(red[0].was_told("team_solved", R"("rank":2)"));
}

TEST_CASE("an actor that dies again and again stays away at last, and the hunt goes on") {
  World world{fragile_lantern()};
  Team& red = world.team("Red");
  Team& blue = world.team("Blue");
  for (int death = 0; death <= actors::kRestartsMax; ++death) {
    const std::string verdict = red[0].submits("lantern", "boom", "boom-" + std::to_string(death));
    world.after(3s);
    CHECK((verdict == "internal" || verdict == "no reply"));
  }
  CHECK(world.operate(actors::CommandKind::kOpenDistrict, "island") == actors::Code::kOk);
  CHECK(blue.submits("ledger", "77") == "correct");
}
