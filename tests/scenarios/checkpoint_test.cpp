// Goal: a restart from a checkpoint is a restart: same state, same replies, same streams, no gap; and a checkpoint that is
// wrong in any way costs time and nothing else.
// Breaks when: a part of the state is missing from it, a stream's window starts elsewhere, it is trusted when it should
// not be, or damage among the entries that it stands for stays unnoticed.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/world/world.hpp"

using namespace cairn;
using namespace cairn::test;

namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void spill(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

WorldOptions often() {
  WorldOptions options;
  options.checkpoint_every = 10;
  return options;
}

std::uint64_t checkpoint_of(World& world) { return world.house().archivist().figures().checkpoint_sequence; }

// An evening long enough for several checkpoints; the last entries come after the last of them.
void play(World& world) {
  Team& red = world.team("Red", 2);
  Team& blue = world.team("Blue", 1);
  CHECK(red.submits("lantern", "moon") == "incorrect");
  CHECK(red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"star"})", "once") != "");
  CHECK(red.submits("lantern", "lighthouse") == "correct");
  CHECK(blue.submits("lantern", "lighthouse") == "correct");
  CHECK(world.operate(actors::CommandKind::kAnnounce, {}, "Tea is served.") == actors::Code::kOk);
  red[1].lose_signal();
  for (int i = 0; i < 4; ++i)
    CHECK(world.operate(actors::CommandKind::kAnnounce, {}, "More tea.") == actors::Code::kOk);
  CHECK(red[0].ask("request_hint", R"({"puzzle":"lantern","hint":0})") != "");
  CHECK(blue.submits("anchor", "rope") == "incorrect");
  REQUIRE(checkpoint_of(world) >= 10);
}

// Everything that a stream holds.
std::string window(World& world, actors::StreamId stream) {
  const bus::StreamLog* log = world.house().streams().find(stream);
  if (log == nullptr) return {};
  std::string text = std::to_string(log->last_offset()) + ":";
  const auto through = log->window_through(log->last_offset());
  text += std::to_string(through.first_offset) + ":";
  for (const auto& part : through.frames)
    text.append(reinterpret_cast<const char*>(part.data()), part.size());
  return text;
}

}  // namespace

TEST_CASE("a restart from a checkpoint folds only what came after, and comes to the same") {
  World world{often()};
  play(world);
  const std::string hash = world.house().state_hash();
  const std::string hunt = window(world, actors::kHuntStream);
  const std::string red = window(world, actors::team_stream(actors::TeamIndex{0}));
  REQUIRE(hunt.size() > 500);
  const std::uint64_t entries = world.house().journal().committed();
  const std::uint64_t checkpoint = checkpoint_of(world);
  for (const std::size_t cores : {2U, 1U, 3U}) {
    world.crash_and_restart(cores);
    CHECK(world.house().replayed() == entries - checkpoint);
    CHECK(world.house().state_hash() == hash);
    CHECK(window(world, actors::kHuntStream) == hunt);
    CHECK(window(world, actors::team_stream(actors::TeamIndex{0})) == red);
    CHECK(world.house().archivist().figures().unproved == 0);
  }
}

TEST_CASE(
    "who was away over a restart from a checkpoint resumes without a gap, and what he repeats is known") {
  World world{often()};
  play(world);
  Team& red = *world.teams()[0];
  Team& blue = *world.teams()[1];
  const std::string first = red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"star"})", "once");
  world.crash_and_restart();
  REQUIRE(world.house().replayed() < world.house().journal().committed());
  for (Player* player : {&red[0], &red[1], &blue[0]}) player->resume();
  CHECK(red[1].times_told("announcement", "More tea.") == 4);
  CHECK(red[1].times_told("announcement", "Tea is served.") == 1);
  CHECK(red[0].ask("submit_answer", R"({"puzzle":"lantern","answer":"star"})", "once") == first);
  CHECK(blue.submits("anchor", "rope") == "already_tried");
  CHECK(red.submits("lantern", "lighthouse") == "already_solved");
  CHECK(red.submits("anchor", "anchor") == "correct");
  CHECK(red[1].was_told("puzzle_solved", "anchor"));
  for (const auto& team : world.teams())
    for (const auto& player : team->members) CHECK_MESSAGE(player->complaint().empty(), player->complaint());
}

TEST_CASE("a checkpoint with a flipped bit, a cut tail or another's content is ignored, and all is folded") {
  World world{often()};
  play(world);
  const std::string hash = world.house().state_hash();
  const std::uint64_t entries = world.house().journal().committed();
  const std::filesystem::path file = world.data() / "journal.checkpoint";
  const std::string whole = slurp(file);
  REQUIRE(whole.size() > 1'000);
  std::vector<std::string> wrong;
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 23) {
    wrong.push_back(whole);
    wrong.back()[at] = static_cast<char>(wrong.back()[at] ^ 0x10);
  }
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{50}, std::size_t{96}, whole.size() - 1})
    wrong.push_back(whole.substr(0, bytes));
  wrong.push_back(whole + "x");
  {
    // Of another seed, or it would be the same journal to the byte.
    WorldOptions apart = often();
    apart.seed = 8;
    World other{apart};
    play(other);
    wrong.push_back(slurp(other.data() / "journal.checkpoint"));
  }
  // The next checkpoint would come too late to hide anything.
  for (const std::string& content : wrong) {
    spill(file, content);
    world.crash_and_restart();
    CHECK(world.house().replayed() == entries);
    CHECK(world.house().state_hash() == hash);
  }
}

TEST_CASE("after a start that had to fold everything there is a checkpoint again") {
  World world{often()};
  play(world);
  std::filesystem::remove(world.data() / "journal.checkpoint");
  world.crash_and_restart();
  CHECK(world.house().replayed() == world.house().journal().committed());
  CHECK(checkpoint_of(world) == world.house().journal().committed());
  world.crash_and_restart();
  CHECK(world.house().replayed() == 0);
}

TEST_CASE("a checkpoint of other hunt files is ignored") {
  World world{often()};
  play(world);
  const auto loaded = bus::Checkpoint::load(
      bus::system_files(), world.data(),
      {.state_version = actors::kStateVersion, .content_hash = world.hunt().content_hash});
  REQUIRE(loaded.has_value());
  CHECK(loaded->mark().sequence > 0);
  for (const bus::CheckpointKind& kind :
       {bus::CheckpointKind{actors::kStateVersion, world.hunt().content_hash + 1},
        bus::CheckpointKind{actors::kStateVersion + 1, world.hunt().content_hash}}) {
    const auto refused = bus::Checkpoint::load(bus::system_files(), world.data(), kind);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.find("ignored") != std::string::npos);
  }
}

TEST_CASE(
    "damage among the entries that a checkpoint stands for is found afterwards, and makes the hunt "
    "read-only") {
  World world{often()};
  play(world);
  const std::uint64_t checkpoint = checkpoint_of(world);
  world.crash_and_restart();
  CHECK_FALSE(world.house().journal().read_only());
  // A team's name in its first entry, far before the checkpoint.
  std::string journal = slurp(world.data() / "journal.db");
  const std::size_t at = journal.find("Red-1");
  REQUIRE(at != std::string::npos);
  journal[at] = 'X';
  world.crash_and_restart([&] { spill(world.data() / "journal.db", journal); });
  CHECK(world.house().replayed() == world.house().journal().committed() - checkpoint);
  CHECK(world.house().journal().read_only());
  CHECK(world.house().archivist().figures().is_damaged);
  CHECK(world.operate(actors::CommandKind::kAnnounce, {}, "Is anybody there?") == actors::Code::kOverloaded);
}
