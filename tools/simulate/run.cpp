#include "tools/simulate/run.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "bus/quirks.hpp"
#include "tools/simulate/damage.hpp"
#include "tools/simulate/judge.hpp"
#include "tools/simulate/play.hpp"
#include "tools/simulate/proof.hpp"
#include "tools/world/disk/simulated_disk.hpp"
#include "tools/world/world.hpp"

namespace cairn::simulate {

namespace {

struct Sight {
  const char* name;
  std::string_view text;  // that a message to a player contains
};
constexpr std::array<Sight, 17> kSights{{{"correct", R"("verdict":"correct")"},
                                         {"incorrect", R"("verdict":"incorrect")"},
                                         {"partial", R"("verdict":"partial")"},
                                         {"already_tried", R"("verdict":"already_tried")"},
                                         {"already_solved", R"("verdict":"already_solved")"},
                                         {"locked_out", R"("code":"locked_out")"},
                                         {"locked", R"("code":"locked")"},
                                         {"hunt_not_running", R"("code":"hunt_not_running")"},
                                         {"hint_granted", R"("cost":)"},
                                         {"insufficient_points", R"("code":"insufficient_points")"},
                                         {"clue", R"("clue":)"},
                                         {"checked_in", R"("accepted":true)"},
                                         {"too_far", R"("code":"too_far")"},
                                         {"wrong_code", R"("code":"bad_request")"},
                                         {"resumed", R"("type":"resumed")"},
                                         {"welcome", R"("type":"welcome")"},
                                         {"score_notice", R"("notice":"score")"}}};
struct ToldSight {
  const char* name;
  std::string_view event;
};
constexpr std::array<ToldSight, 10> kToldSights{{{"team_solved", "team_solved"},
                                                 {"first_solve", "first_solve"},
                                                 {"district_opened", "district_opened"},
                                                 {"district_closed", "district_closed"},
                                                 {"puzzle_unlocked", "puzzle_unlocked"},
                                                 {"hint_told_to_all", "hint_granted"},
                                                 {"clue_told_to_all", "clue_discovered"},
                                                 {"rescored", "points_awarded"},
                                                 {"member_joined", "member_joined"},
                                                 {"announcement", "announcement"}}};
constexpr std::array kCloses{std::pair{"replaced", net::CloseCode::kReplaced},
                             std::pair{"no_pong", net::CloseCode::kNoPong}};
constexpr const char* kParked = "command_waited_for_room";

std::uint64_t fnv(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

// Strikes now and then at half of the places, others in each run; the same in every run of a seed.
class Quirks final : public bus::QuirkSource {
 public:
  Quirks(std::uint64_t seed, RunResult& result) : random_(seed ^ 0x5bd1e995U), result_(result) {
    places_ = random_.next();
    bus::quirk_source = this;
  }
  ~Quirks() override { end(); }
  Quirks(const Quirks&) = delete;
  Quirks& operator=(const Quirks&) = delete;

  void end() { bus::quirk_source = nullptr; }

  bool strikes(bus::Quirk quirk) override {
    if ((places_ >> static_cast<unsigned>(quirk) & 1U) == 0 || random_.next() % kOneIn != 0) return false;
    ++struck_[static_cast<std::size_t>(quirk)];
    return true;
  }
  void count() {
    for (std::size_t i = 0; i < struck_.size(); ++i)
      if (struck_[i] > 0) result_.seen[bus::name_of(static_cast<bus::Quirk>(i))] += struck_[i];
  }

 private:
  static constexpr std::uint64_t kOneIn = 8;

  bus::SeededRandom random_;
  RunResult& result_;
  std::uint64_t places_ = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(bus::Quirk::kCount)> struck_{};
};

void look_at(const world::Player& player, RunResult& result) {
  for (const std::string& message : player.messages())
    for (const Sight& sight : kSights)
      if (message.find(sight.text) != std::string::npos) ++result.seen[sight.name];
  for (const world::ToldEvent& told : player.events()) {
    for (const ToldSight& sight : kToldSights)
      if (told.event == sight.event) ++result.seen[sight.name];
    result.state_hash = fnv(result.state_hash, told.json);
  }
}

void look_at(const world::World::Counted& counted, RunResult& result) {
  for (const auto& [name, code] : kCloses)
    if (const std::uint64_t times = counted.closes.of(code); times > 0) result.seen[name] += times;
  if (counted.commands_parked > 0) result.seen[kParked] += counted.commands_parked;
}

// In most runs so often that starts come from checkpoints; in the others from the first entry.
std::uint64_t checkpoint_every(std::uint64_t seed) {
  return seed % 4 == 0 ? kCheckpointEvery : 8 + bus::SeededRandom{seed}.next() % 64;
}

void judge(world::World& world, world::SimulatedDisk& disk, const Play& play, const RunOptions& options,
           RunResult& result) {
  std::map<const world::Player*, std::string> states;
  world.for_each_player([&](world::Player& player) { states[&player] = player.get_state(); });
  const std::int64_t hunt_ms = world.house().shard(0).hunt_ms();
  const Result<Entries> entries = entries_of(world.house());
  if (!entries) return result.complaints.push_back(entries.error().message);
  Judge judge{options.hunt};
  for (std::size_t i = 0; i < entries->size(); ++i) {
    const std::vector<std::byte>& body = (*entries)[i];
    const Result<actors::Entry> entry = actors::decode_entry(i + 1, body);
    if (!entry) return result.complaints.push_back(entry.error().message);
    judge.hear_entry(*entry);
    result.state_hash = fnv(result.state_hash, {reinterpret_cast<const char*>(body.data()), body.size()});
  }
  world.for_each_player([&](world::Player& player) {
    judge.hear_player(player, states[&player]);
    look_at(player, result);
  });
  look_at(world.counted(), result);
  judge.close(hunt_ms, world.clock().wall_ms(), world.now_ms());
  result.entries = judge.entries();
  result.complaints.insert(result.complaints.end(), judge.complaints().begin(), judge.complaints().end());
  play.backups().check(disk, options.hunt, *entries);
}

// What was played, what is folded from the journal, and what the next server starts with are the same.
void judge_state(world::World& world, Play& play, RunResult& result) {
  play.prove("when all was over");
  result.state_hash = fnv(result.state_hash, world.house().state_hash());
  world.stop();
  world.start();
  play.prove("after a stop and a start");
}

}  // namespace

std::vector<std::string> sights() {
  std::vector<std::string> names{kParked};
  for (const auto& more : {Play::sights(), Backups::sights(), Damage::sights()})
    names.insert(names.end(), more.begin(), more.end());
  for (const Sight& sight : kSights) names.emplace_back(sight.name);
  for (const ToldSight& sight : kToldSights) names.emplace_back(sight.name);
  for (const auto& [name, code] : kCloses) names.emplace_back(name);
  for (std::size_t i = 0; i < static_cast<std::size_t>(bus::Quirk::kCount); ++i)
    names.emplace_back(bus::name_of(static_cast<bus::Quirk>(i)));
  return names;
}

RunResult run(const Plan& plan, const RunOptions& options) {
  RunResult result;
  result.state_hash = 0xcbf29ce484222325ULL;
  world::SimulatedDisk disk{{}, static_cast<unsigned>(plan.seed)};
  world::WorldOptions in = on_disk(disk, options, checkpoint_every(plan.seed));
  in.seed = plan.seed;
  world::World world{std::move(in)};
  try {
    Quirks quirks{plan.seed, result};
    Play play{world, disk, options, checkpoint_every(plan.seed), result};
    for (const Step& step : plan.steps) play.step(step);
    quirks.end();
    quirks.count();
    play.calm_down();
    judge(world, disk, play, options, result);
    judge_state(world, play, result);
  } catch (const std::runtime_error& stopped) {
    // It does not come to rest, or does not start again.
    result.complaints.emplace_back(stopped.what());
  }
  result.virtual_ms = world.now_ms();
  return result;
}

}  // namespace cairn::simulate
