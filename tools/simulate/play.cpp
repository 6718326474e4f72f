#include "tools/simulate/play.hpp"

#include <simdjson.h>
#include <array>
#include <cerrno>

#include "tools/simulate/damage.hpp"
#include "tools/simulate/proof.hpp"

namespace cairn::simulate {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTeamsMax = 12;
// Not so often that its supervisor gives an actor up.
constexpr int kKillsMax = 6;
constexpr std::int64_t kDegree = 10'000'000;

constexpr const char* kSentAgain = "request_sent_again_is_answered_alike";
constexpr const char* kRecovered = "recovered";
constexpr const char* kFromCheckpoint = "started_from_a_checkpoint";
constexpr const char* kDiedInCheckpoint = "died_in_a_checkpoint";
constexpr const char* kSetForth = "clock_set_forth";
constexpr const char* kSetBack = "clock_set_back";

std::string quoted(std::string_view name, std::string_view value) {
  return "\"" + std::string{name} + "\":\"" + std::string{value} + "\"";
}

std::string clue(const config::Puzzle& puzzle, std::uint32_t choice) {
  const std::uint32_t which = choice % 3;
  std::string data = ",\"clue\":" + std::to_string(which);
  if (which < puzzle.clues.size() && !puzzle.clues[which].code.empty())
    data += "," + quoted("code", choice % 5 == 0 ? "no such code" : puzzle.clues[which].code);
  return data;
}

std::string degrees(std::int64_t units) {
  return std::to_string(static_cast<double>(units) / static_cast<double>(kDegree));
}

std::string place(const config::Puzzle& puzzle, std::uint32_t choice) {
  if (choice % 4 == 0) return "," + quoted("code", puzzle.code.empty() ? "no such code" : puzzle.code);
  if (choice % 4 == 1) return "," + quoted("code", "no such code");
  // A degree away is too far for any radius.
  const std::int64_t longitude = (puzzle.at ? puzzle.at->longitude_e7 : 0) + (choice % 4 == 2 ? 0 : kDegree);
  const std::int64_t latitude = puzzle.at ? puzzle.at->latitude_e7 : 0;
  return ",\"at\":[" + degrees(longitude) + "," + degrees(latitude) + "],\"accuracy_m\":10";
}

bool holds_half_a_checkpoint(const world::SimulatedDisk& disk) {
  return disk.tree().find(std::string{kDataDirectory} + "/journal.checkpoint.unfinished").has_value();
}

}  // namespace

world::WorldOptions on_disk(world::SimulatedDisk& disk, const RunOptions& options,
                            std::uint64_t checkpoint_every) {
  world::WorldOptions in;
  in.hunt = options.hunt;
  in.data = kDataDirectory;
  in.files = &disk;
  in.on_death = [&disk] { disk.crash(); };
  in.cores = options.cores;
  in.checkpoint_every = checkpoint_every;
  return in;
}

Play::Play(world::World& world, world::SimulatedDisk& disk, const RunOptions& options,
           std::uint64_t checkpoint_every, RunResult& result)
    : world_(world),
      disk_(disk),
      options_(options),
      checkpoint_every_(checkpoint_every),
      hunt_(world.hunt()),
      result_(result),
      backups_(result) {}

std::vector<std::string> Play::sights() {
  return {kSentAgain, kRecovered, kFromCheckpoint, kDiedInCheckpoint, kSetForth, kSetBack};
}

void Play::step(const Step& step) {
  if (does(step)) ++(is_fault(step.act) ? result_.faults : result_.deeds)[name_of(step.act)];
  if (step.then_ms > 0) world_.after(std::chrono::milliseconds{step.then_ms});
  backups_.look(world_.house());
}

void Play::calm_down() {
  if (disk_has_failed_) restart();
  world_.set_weather({});
  for (world::Player* player : players_) come_back(*player);
  world_.after(5s);
  backups_.look(world_.house());
}

void Play::prove(const std::string& when) {
  if (const std::string why = unlike_its_fold(world_.house(), options_.hunt); !why.empty())
    result_.complaints.push_back(when + ": " + why);
}

// --- what people do ---

bool Play::does(const Step& step) {
  switch (step.act) {
    case Act::kNewTeam: return new_team(step.a);
    case Act::kWeather:
      world_.set_weather({std::int64_t{step.b} * 1'000'000, std::int64_t{step.c} * 1'000'000, 0});
      return true;
    case Act::kOpenDistrict: return operate(actors::CommandKind::kOpenDistrict, hunt_.districts[step.b].id);
    case Act::kCloseDistrict: return operate(actors::CommandKind::kCloseDistrict, hunt_.districts[step.b].id);
    case Act::kAnnounce: return operate(actors::CommandKind::kAnnounce, {}, "Tea is served.");
    case Act::kPauseHunt: return operate(actors::CommandKind::kPauseHunt);
    case Act::kResumeHunt: return operate(actors::CommandKind::kResumeHunt);
    case Act::kTurns:
      for (std::uint32_t i = 0; i < step.a; ++i) world_.turn();
      return true;
    case Act::kRescore: return rescore(step.a, step);
    case Act::kBackup: return backups_.ask(world_.house());
    case Act::kSetClock: return set_clock(step.a);
    case Act::kKillActor: return kill(step);
    case Act::kCrash: restart(); return true;
    case Act::kPowerCut: cut_power(step); return true;
    case Act::kDiesAt: return die_at(step.a);
    case Act::kWriteFails: return fail(world::Operation::Kind::kWrite, step.a);
    case Act::kSyncFails: return fail(world::Operation::Kind::kSync, step.a);
    case Act::kDiskFull: disk_.limit_bytes(disk_.tree().bytes() + step.a); return disk_has_failed_ = true;
    case Act::kDamage: return damage(step);
    default: break;
  }
  world::Player* who = player(step.a);
  return who != nullptr && does(*who, step);
}

bool Play::does(world::Player& who, const Step& step) {
  switch (step.act) {
    case Act::kComeBack: return come_back(who);
    case Act::kSecondPhone:
      if (!who.is_connected()) return false;
      who.start_connecting();
      return true;
    case Act::kLoseSignal: who.lose_signal(); return true;
    case Act::kRecover: return recover(who);
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

bool Play::asks(world::Player& who, const Step& step) {
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

bool Play::send_again(world::Player& who, std::uint32_t back) {
  if (who.asked().empty()) return false;
  auto at = std::prev(who.asked().end());
  for (std::uint32_t i = back % 8; i > 0 && at != who.asked().begin(); --i) --at;
  const bool was_answered = !at->second.reply.empty();
  who.start_asking(at->second.type, at->second.data, at->first);
  if (was_answered && at->second.type != "get_state") see(kSentAgain);
  return true;
}

bool Play::new_team(std::uint32_t members) {
  // Nobody is let in who could not be remembered.
  if (disk_has_failed_) return false;
  if (world_.teams().size() >= std::min<std::size_t>(kTeamsMax, hunt_.teams_max)) return false;
  world::Team& team = world_.team("Team " + std::to_string(world_.teams().size() + 1), members);
  for (const auto& member : team.members) players_.push_back(member.get());
  return true;
}

bool Play::come_back(world::Player& who) {
  if (who.is_connected() && who.cable()->is_sound()) return false;
  if (who.can_resume())
    who.start_resuming();
  else
    who.start_connecting();
  return true;
}

bool Play::recover(world::Player& who) {
  // A token that nobody was told of locks him out until he recovers again.
  if (disk_has_failed_) return false;
  const world::HttpAnswer answer =
      world_.post("/v1/recover", "{" + quoted("recovery_code", who.recovery_code()) + "}");
  simdjson::dom::parser parser;
  std::string_view token;
  if (answer.status != 200 || parser.parse(answer.body)["token"].get(token) != simdjson::SUCCESS)
    return false;
  who.keep_token(std::string{token});
  who.start_connecting();
  see(kRecovered);
  return true;
}

// As an operator may who has looked at the journal: no rule of the hunt says what he is to find there.
bool Play::rescore(std::uint32_t number, const Step& step) {
  const std::uint64_t entries = world_.house().journal().committed();
  const world::Player* who = player(number);
  if (who == nullptr || entries == 0) return false;
  actors::Command command;
  command.kind = actors::CommandKind::kRescore;
  for (std::uint32_t t = 0; t < world_.teams().size(); ++t)
    for (std::uint32_t slot = 0; slot < world_.teams()[t]->members.size(); ++slot)
      if (world_.teams()[t]->members[slot].get() == who) {
        command.team = actors::TeamIndex{t};
        command.player = actors::player_of(command.team, slot);
      }
  command.puzzle = actors::PuzzleIndex{step.b};
  command.points = static_cast<std::int32_t>(step.c % 5 * 50);
  command.guess = 1 + step.c / 5 % entries;
  command.rank = 1 + step.c % 3;
  world_.operate(command);
  return true;
}

bool Play::operate(actors::CommandKind kind, std::string_view district, std::string_view text) {
  world_.operate(kind, district, text);
  return true;
}

// --- what goes wrong ---

// Hunt time must not care.
bool Play::set_clock(std::uint32_t choice) {
  const std::int64_t by_ms = clock_jump_ms(choice);
  const std::int64_t before_ms = world_.house().shard(0).hunt_ms();
  world_.clock().jump_wall_ms(by_ms);
  see(by_ms < 0 ? kSetBack : kSetForth);
  if (world_.house().shard(0).hunt_ms() != before_ms)
    result_.complaints.push_back("the clock was set by " + std::to_string(by_ms) +
                                 " ms, and hunt time with it");
  return true;
}

bool Play::kill(const Step& step) {
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

bool Play::damage(const Step& step) {
  if (disk_has_failed_) return false;
  Result<Entries> known = entries_of(world_.house());
  return known && Damage{options_, checkpoint_every_, *std::move(known), result_}.happens(disk_, step);
}

// In the middle of whatever it is writing. Until it starts again it is as good as one whose disk has failed.
bool Play::die_at(std::uint32_t operation) {
  disk_.decide_by([this, left = operation](const world::Operation& next) mutable {
    if (next.kind == world::Operation::Kind::kRead || left-- > 0) return 0;
    if (!checkpoint_was_left_over_ && holds_half_a_checkpoint(disk_)) see(kDiedInCheckpoint);
    backups_.server_dies();
    disk_.crash();
    return EIO;
  });
  return disk_has_failed_ = true;
}

bool Play::fail(world::Operation::Kind kind, std::uint32_t kth) {
  disk_.decide_by(world::fail_once(kind, kth + 1, EIO));
  return disk_has_failed_ = true;
}

void Play::restart() {
  backups_.server_dies();
  world_.die();
  mend_and_start();
}

void Play::cut_power(const Step& step) {
  backups_.server_dies();
  world_.die();
  bus::SeededRandom chance{std::uint64_t{step.a} << 32U | step.b};
  disk_.cut_power([&chance](std::size_t below) { return static_cast<std::size_t>(chance.next() % below); });
  mend_and_start();
}

// The disk is mended before the server starts again.
void Play::mend_and_start() {
  disk_.decide_by({});
  disk_.limit_bytes(~std::uint64_t{0});
  disk_has_failed_ = false;
  checkpoint_was_left_over_ = holds_half_a_checkpoint(disk_);
  world_.start();
  if (world_.house().replayed() < world_.house().journal().committed()) see(kFromCheckpoint);
  prove("after a start");
}

}  // namespace cairn::simulate
