#include "tools/simulate/run.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "bus/quirks.hpp"
#include "tools/simulate/judge.hpp"
#include "tools/world/disk/simulated_disk.hpp"
#include "tools/world/world.hpp"

namespace cairn::simulate {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTeamsMax = 12;

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
constexpr std::array<ToldSight, 9> kToldSights{{{"team_solved", "team_solved"},
                                                {"first_solve", "first_solve"},
                                                {"district_opened", "district_opened"},
                                                {"district_closed", "district_closed"},
                                                {"puzzle_unlocked", "puzzle_unlocked"},
                                                {"hint_told_to_all", "hint_granted"},
                                                {"clue_told_to_all", "clue_discovered"},
                                                {"member_joined", "member_joined"},
                                                {"announcement", "announcement"}}};
constexpr std::array kCloses{std::pair{"replaced", net::CloseCode::kReplaced},
                             std::pair{"no_pong", net::CloseCode::kNoPong}};
constexpr const char* kParked = "command_waited_for_room";
constexpr const char* kSentAgain = "request_sent_again_is_answered_alike";

std::uint64_t fnv(std::uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

std::string quoted(std::string_view name, std::string_view value) {
  return "\"" + std::string{name} + "\":\"" + std::string{value} + "\"";
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

// Plays the steps.
class Play {
 public:
  Play(world::World& world, world::SimulatedDisk& disk, RunResult& result)
      : world_(world), disk_(disk), hunt_(world.hunt()), result_(result) {}

  void step(const Step& step) {
    if (does(step)) ++(is_fault(step.act) ? result_.faults : result_.deeds)[name_of(step.act)];
    if (step.then_ms > 0) world_.after(std::chrono::milliseconds{step.then_ms});
  }

  // The faults are over: everybody comes back and hears what he missed.
  void calm_down() {
    if (disk_has_failed_) restart();
    world_.set_weather({});
    for (world::Player* player : players_) come_back(*player);
    world_.after(5s);
  }

 private:
  [[nodiscard]] world::Player* player(std::uint32_t number) {
    return players_.empty() ? nullptr : players_[number % players_.size()];
  }

  bool does(const Step& step) {
    switch (step.act) {
      case Act::kNewTeam: return new_team(step.a);
      case Act::kWeather:
        world_.set_weather({std::int64_t{step.b} * 1'000'000, std::int64_t{step.c} * 1'000'000, 0});
        return true;
      case Act::kOpenDistrict: return operate(actors::CommandKind::kOpenDistrict, hunt_.districts[step.b].id);
      case Act::kCloseDistrict:
        return operate(actors::CommandKind::kCloseDistrict, hunt_.districts[step.b].id);
      case Act::kAnnounce: return operate(actors::CommandKind::kAnnounce, {}, "Tea is served.");
      case Act::kPauseHunt: return operate(actors::CommandKind::kPauseHunt);
      case Act::kResumeHunt: return operate(actors::CommandKind::kResumeHunt);
      case Act::kTurns:
        for (std::uint32_t i = 0; i < step.a; ++i) world_.turn();
        return true;
      case Act::kKillActor: return kill(step);
      case Act::kCrash: restart(); return true;
      case Act::kPowerCut: cut_power(step); return true;
      case Act::kWriteFails: return fail(world::Operation::Kind::kWrite, step.a);
      case Act::kSyncFails: return fail(world::Operation::Kind::kSync, step.a);
      case Act::kDiskFull: disk_.limit_bytes(used_bytes() + step.a); return disk_has_failed_ = true;
      default: break;
    }
    world::Player* who = player(step.a);
    return who != nullptr && does(*who, step);
  }

  bool does(world::Player& who, const Step& step) {
    switch (step.act) {
      case Act::kComeBack: return come_back(who);
      case Act::kSecondPhone:
        if (!who.is_connected()) return false;
        who.start_connecting();
        return true;
      case Act::kLoseSignal: who.lose_signal(); return true;
      default: break;
    }
    if (!who.has_connection()) return false;
    switch (step.act) {
      case Act::kLoseAt: who.cable()->lose_after(step.b); return true;
      case Act::kFallSilent: who.cable()->fall_silent(); return true;
      case Act::kReadSlowly: who.cable()->set_weather({0, 0, step.b}); return true;
      default: return who.is_connected() && asks(who, step);
    }
  }

  bool asks(world::Player& who, const Step& step) {
    const auto ask = [&](const char* type, const std::string& more) {
      who.start_asking(type, "{" + quoted("puzzle", hunt_.puzzles[step.b].id) + more + "}");
      return true;
    };
    switch (step.act) {
      case Act::kGuess:
        return ask("submit_answer", "," + quoted("answer", answer_of(hunt_.puzzles[step.b], step.c)));
      case Act::kHint: return ask("request_hint", ",\"hint\":" + std::to_string(step.c % 3));
      case Act::kClue: return ask("discover_clue", clue(hunt_.puzzles[step.b], step.c));
      case Act::kCheckIn: return ask("check_in", place(hunt_.puzzles[step.b], step.c));
      case Act::kSendAgain: return send_again(who, step.b);
      case Act::kLook: who.start_asking("get_state", "{}"); return true;
      default: return false;
    }
  }

  static std::string clue(const config::Puzzle& puzzle, std::uint32_t choice) {
    const std::uint32_t which = choice % 3;
    std::string data = ",\"clue\":" + std::to_string(which);
    if (which < puzzle.clues.size() && !puzzle.clues[which].code.empty())
      data += "," + quoted("code", choice % 5 == 0 ? "no such code" : puzzle.clues[which].code);
    return data;
  }

  static std::string place(const config::Puzzle& puzzle, std::uint32_t choice) {
    if (choice % 4 == 0) return "," + quoted("code", puzzle.code.empty() ? "no such code" : puzzle.code);
    if (choice % 4 == 1) return "," + quoted("code", "no such code");
    // A degree away is too far for any radius.
    const std::int64_t longitude =
        (puzzle.at ? puzzle.at->longitude_e7 : 0) + (choice % 4 == 2 ? 0 : kDegree);
    const std::int64_t latitude = puzzle.at ? puzzle.at->latitude_e7 : 0;
    return ",\"at\":[" + degrees(longitude) + "," + degrees(latitude) + "],\"accuracy_m\":10";
  }
  static std::string degrees(std::int64_t units) {
    return std::to_string(static_cast<double>(units) / static_cast<double>(kDegree));
  }

  bool send_again(world::Player& who, std::uint32_t back) {
    if (who.asked().empty()) return false;
    auto at = std::prev(who.asked().end());
    for (std::uint32_t i = back % 8; i > 0 && at != who.asked().begin(); --i) --at;
    const bool was_answered = !at->second.reply.empty();
    who.start_asking(at->second.type, at->second.data, at->first);
    if (was_answered && at->second.type != "get_state") ++result_.seen[kSentAgain];
    return true;
  }

  bool new_team(std::uint32_t members) {
    // Nobody is let in who could not be remembered.
    if (disk_has_failed_) return false;
    if (world_.teams().size() >= std::min<std::size_t>(kTeamsMax, hunt_.teams_max)) return false;
    world::Team& team = world_.team("Team " + std::to_string(world_.teams().size() + 1), members);
    for (const auto& member : team.members) players_.push_back(member.get());
    return true;
  }

  bool come_back(world::Player& who) {
    if (who.is_connected() && who.cable()->is_sound()) return false;
    if (who.can_resume())
      who.start_resuming();
    else
      who.start_connecting();
    return true;
  }

  bool operate(actors::CommandKind kind, std::string_view district = {}, std::string_view text = {}) {
    world_.operate(kind, district, text);
    return true;
  }

  // The disk is mended before the server starts again.
  void restart() {
    world_.die();
    mend_and_start();
  }
  void cut_power(const Step& step) {
    world_.die();
    bus::SeededRandom chance{std::uint64_t{step.a} << 32U | step.b};
    disk_.cut_power([&chance](std::size_t below) { return static_cast<std::size_t>(chance.next() % below); });
    mend_and_start();
  }
  void mend_and_start() {
    disk_.decide_by({});
    disk_.limit_bytes(~std::uint64_t{0});
    disk_has_failed_ = false;
    world_.start();
  }
  bool fail(world::Operation::Kind kind, std::uint32_t kth) {
    disk_.decide_by(world::fail_once(kind, kth + 1, EIO));
    return disk_has_failed_ = true;
  }
  [[nodiscard]] std::uint64_t used_bytes() const { return disk_.tree().bytes(); }

  // Not so often that its supervisor gives it up.
  bool kill(const Step& step) {
    constexpr std::array kKinds{actors::ActorKind::kHunt,       actors::ActorKind::kPuzzle,
                                actors::ActorKind::kPuzzle,     actors::ActorKind::kTeam,
                                actors::ActorKind::kScoreboard, actors::ActorKind::kDistrict};
    const actors::ActorKind kind = kKinds[step.a % kKinds.size()];
    const std::size_t count = kind == actors::ActorKind::kPuzzle     ? hunt_.puzzles.size()
                              : kind == actors::ActorKind::kTeam     ? world_.teams().size()
                              : kind == actors::ActorKind::kDistrict ? hunt_.districts.size()
                                                                     : 1;
    if (count == 0) return false;
    const actors::ActorId victim = actors::actor_id(kind, step.b % count);
    return kills_[victim]++ < kKillsMax && world_.kill(victim);
  }

  static constexpr int kKillsMax = 6;
  static constexpr std::int64_t kDegree = 10'000'000;

  world::World& world_;
  world::SimulatedDisk& disk_;
  bool disk_has_failed_ = false;  // or may
  const config::Hunt& hunt_;
  RunResult& result_;
  std::vector<world::Player*> players_;
  std::map<actors::ActorId, int> kills_;
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

void judge(world::World& world, const RunOptions& options, RunResult& result) {
  std::map<const world::Player*, std::string> states;
  world.for_each_player([&](world::Player& player) { states[&player] = player.get_state(); });
  const std::int64_t hunt_ms = world.house().shard(0).hunt_ms();
  Judge judge{options.hunt};
  const Result<void> read = world.house().read_journal(
      [&](std::uint64_t sequence, std::span<const std::byte> body) -> Result<void> {
        const Result<actors::Entry> entry = actors::decode_entry(sequence, body);
        if (!entry) return entry.error();
        judge.hear_entry(*entry);
        result.state_hash = fnv(result.state_hash, {reinterpret_cast<const char*>(body.data()), body.size()});
        return {};
      });
  if (!read) result.complaints.push_back(read.error().message);
  world.for_each_player([&](world::Player& player) {
    judge.hear_player(player, states[&player]);
    look_at(player, result);
  });
  look_at(world.counted(), result);
  judge.close(hunt_ms, world.clock().wall_ms());
  result.entries = judge.entries();
  result.complaints.insert(result.complaints.end(), judge.complaints().begin(), judge.complaints().end());
}

}  // namespace

std::vector<std::string> sights() {
  std::vector<std::string> names{kSentAgain, kParked};
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
  world::WorldOptions in;
  in.hunt = options.hunt;
  in.data = "/hunt";
  in.files = &disk;
  in.on_death = [&disk] { disk.crash(); };
  in.seed = plan.seed;
  in.cores = options.cores;
  world::World world{std::move(in)};
  try {
    Quirks quirks{plan.seed, result};
    Play play{world, disk, result};
    for (const Step& step : plan.steps) play.step(step);
    quirks.end();
    quirks.count();
    play.calm_down();
    judge(world, options, result);
  } catch (const std::runtime_error& stopped) {
    // It does not come to rest, or does not start again.
    result.complaints.emplace_back(stopped.what());
  }
  result.virtual_ms = world.now_ms();
  return result;
}

}  // namespace cairn::simulate
