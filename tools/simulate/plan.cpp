#include "tools/simulate/plan.hpp"

#include <array>

#include "bus/random.hpp"

namespace cairn::simulate {

namespace {

struct Weight {
  Act act;
  std::uint32_t of_thousand;
};

// A night in small: mostly guesses, now and then something that goes wrong.
constexpr std::array<Weight, 31> kWeights{
    {{Act::kGuess, 396},       {Act::kHint, 50},         {Act::kClue, 60},       {Act::kCheckIn, 60},
     {Act::kSendAgain, 60},    {Act::kLook, 30},         {Act::kRecover, 8},     {Act::kRescore, 8},
     {Act::kNewTeam, 15},      {Act::kLoseSignal, 25},   {Act::kLoseAt, 25},     {Act::kFallSilent, 8},
     {Act::kReadSlowly, 10},   {Act::kComeBack, 110},    {Act::kSecondPhone, 8}, {Act::kWeather, 10},
     {Act::kOpenDistrict, 12}, {Act::kCloseDistrict, 8}, {Act::kAnnounce, 12},   {Act::kPauseHunt, 5},
     {Act::kResumeHunt, 12},   {Act::kCrash, 10},        {Act::kKillActor, 12},  {Act::kPowerCut, 10},
     {Act::kWriteFails, 3},    {Act::kSyncFails, 3},     {Act::kDiskFull, 2},    {Act::kSetClock, 6},
     {Act::kBackup, 10},       {Act::kDiesAt, 8},        {Act::kDamage, 4}}};

Act choose(std::uint64_t chance) {
  std::uint64_t at = chance % 1000;
  for (const Weight& weight : kWeights) {
    if (at < weight.of_thousand) return weight.act;
    at -= weight.of_thousand;
  }
  return Act::kTurns;
}

// Mostly nothing or a blink; sometimes long enough for a lockout, a ping or an opening by time.
std::uint32_t pause_ms(bus::SeededRandom& random) {
  const std::uint64_t chance = random.next() % 100;
  if (chance < 45) return 0;
  if (chance < 90) return static_cast<std::uint32_t>(random.next() % 200);
  if (chance < 98) return static_cast<std::uint32_t>(random.next() % 10'000);
  return static_cast<std::uint32_t>(random.next() % 300'000);
}

bool breaks_the_disk(Act act) {
  return act == Act::kDiesAt || act == Act::kWriteFails || act == Act::kSyncFails || act == Act::kDiskFull;
}

Step restart_by(std::uint64_t chance) {
  return {chance % 2 == 0 ? Act::kCrash : Act::kPowerCut, static_cast<std::uint32_t>(chance >> 32U), 0, 0, 0};
}

// The first one from there on, all round.
std::uint32_t puzzle_with_hints(const config::Hunt& hunt, std::uint32_t from) {
  const auto count = static_cast<std::uint32_t>(hunt.puzzles.size());
  for (std::uint32_t i = 0; i < count; ++i)
    if (!hunt.puzzles[(from + i) % count].hints.empty()) return (from + i) % count;
  return from;
}

// Where a run is played: all over a small hunt. In a large one mostly among a few puzzles of one district, which an
// operator opens; if everybody went everywhere, all would be locked and nobody would ever get anywhere.
class Ground {
 public:
  Ground(const config::Hunt& hunt, bus::SeededRandom& random)
      : random_(random), puzzles_(hunt.puzzles.size()) {
    if (!is_large()) return;
    district_ = static_cast<std::uint32_t>(random.next() % hunt.districts.size());
    const auto& its_puzzles = hunt.districts[district_].puzzles;
    if (!its_puzzles.empty()) first_ = index(its_puzzles.front());
  }

  [[nodiscard]] std::uint32_t puzzle() {
    const bool is_here = is_large() && random_.next() % 8 != 0;
    return static_cast<std::uint32_t>((is_here ? first_ + random_.next() % kPuzzles : random_.next()) %
                                      puzzles_);
  }
  [[nodiscard]] bool is_large() const { return puzzles_ > kPuzzles; }
  // To be opened first, in a large hunt.
  [[nodiscard]] std::uint32_t district() const { return district_; }

 private:
  static constexpr std::size_t kPuzzles = 24;

  bus::SeededRandom& random_;
  const std::size_t puzzles_;
  std::uint32_t district_ = 0;
  std::size_t first_ = 0;
};

}  // namespace

const char* name_of(Act act) {
  static constexpr std::array<const char*, static_cast<std::size_t>(Act::kCount)> kNames{
      "new_team",   "guess",        "hint",        "clue",          "check_in",       "send_again",
      "look",       "recover",      "lose_signal", "lose_at_byte",  "fall_silent",    "read_slowly",
      "come_back",  "second_phone", "weather",     "open_district", "close_district", "announce",
      "rescore",    "pause_hunt",   "resume_hunt", "backup",        "turns",          "set_clock",
      "kill_actor", "crash",        "power_cut",   "dies_at",       "write_fails",    "sync_fails",
      "disk_full",  "damage"};
  return kNames[static_cast<std::size_t>(act)];
}

bool is_fault(Act act) {
  switch (act) {
    case Act::kLoseSignal:
    case Act::kLoseAt:
    case Act::kFallSilent:
    case Act::kReadSlowly:
    case Act::kSecondPhone:
    case Act::kWeather:
    case Act::kSetClock:
    case Act::kKillActor:
    case Act::kCrash:
    case Act::kPowerCut:
    case Act::kDiesAt:
    case Act::kWriteFails:
    case Act::kSyncFails:
    case Act::kDiskFull:
    case Act::kDamage: return true;
    default: return false;
  }
}

Plan make_plan(const config::Hunt& hunt, std::uint64_t seed, std::size_t steps) {
  bus::SeededRandom random{seed};
  const auto below = [&random](std::size_t bound) {
    return static_cast<std::uint32_t>(random.next() % bound);
  };
  Plan plan{seed, {}};
  Ground ground{hunt, random};
  for (int i = 0; i < 2; ++i) plan.steps.push_back({Act::kNewTeam, below(hunt.team_size_max) + 1, 0, 0, 100});
  if (ground.is_large()) plan.steps.push_back({Act::kOpenDistrict, 0, ground.district(), 0, 100});
  std::uint32_t restart_in = 0;
  while (plan.steps.size() < steps) {
    Step step{choose(random.next()), 0, 0, 0, pause_ms(random)};
    step.a = static_cast<std::uint32_t>(random.next() >> 32U);
    step.b = static_cast<std::uint32_t>(random.next() >> 32U);
    step.c = static_cast<std::uint32_t>(random.next() >> 32U);
    switch (step.act) {
      case Act::kNewTeam: step.a = below(hunt.team_size_max) + 1; break;
      case Act::kGuess:
      case Act::kClue:
      case Act::kCheckIn:
      case Act::kRescore: step.b = ground.puzzle(); break;
      case Act::kHint: step.b = puzzle_with_hints(hunt, ground.puzzle()); break;
      case Act::kOpenDistrict:
      case Act::kCloseDistrict: step.b = below(hunt.districts.size()); break;
      case Act::kLoseAt: step.b = below(3000); break;
      case Act::kReadSlowly: step.b = 200 + below(20'000); break;
      case Act::kWeather:
        step.b = below(200);
        step.c = step.b + below(400);
        break;
      case Act::kTurns: step.a = below(8); break;
      case Act::kDiesAt: step.a = below(100); break;
      case Act::kWriteFails:
      case Act::kSyncFails: step.a = below(12); break;
      case Act::kDiskFull: step.a = below(40'000); break;
      case Act::kCrash:
      case Act::kPowerCut:
        // Also in the middle of what was just begun.
        plan.steps.push_back({Act::kTurns, below(6), 0, 0, 0});
        break;
      default: break;
    }
    plan.steps.push_back(step);
    // A server whose disk has failed answers nobody until it is started again: not for too long.
    if (breaks_the_disk(step.act)) restart_in = 5 + below(20);
    if (restart_in > 0 && --restart_in == 0) plan.steps.push_back(restart_by(random.next()));
  }
  return plan;
}

std::string answer_of(const config::Puzzle& puzzle, std::uint32_t choice) {
  const std::uint32_t kind = choice % 10;
  const std::uint32_t which = choice / 10;
  if (kind < 5 && !puzzle.answers.empty()) return puzzle.answers[which % puzzle.answers.size()];
  if (kind == 5 && !puzzle.partials.empty()) return puzzle.partials[which % puzzle.partials.size()].answer;
  return "wrong" + std::to_string(which % 12);
}

std::int64_t clock_jump_ms(std::uint32_t choice) {
  constexpr std::int64_t kHourMs = 3'600'000;
  return std::int64_t{choice} % (2 * kHourMs + 1) - kHourMs;
}

std::string describe(const Step& step, const config::Hunt& hunt) {
  std::string text = name_of(step.act);
  const auto add = [&text](const std::string& more) { text += " " + more; };
  switch (step.act) {
    case Act::kNewTeam: add("of " + std::to_string(step.a)); break;
    case Act::kGuess:
      add("by player " + std::to_string(step.a) + ": " + hunt.puzzles[step.b].id + " = " +
          answer_of(hunt.puzzles[step.b], step.c));
      break;
    case Act::kHint:
    case Act::kClue:
    case Act::kRescore:
    case Act::kCheckIn: add("by player " + std::to_string(step.a) + ": " + hunt.puzzles[step.b].id); break;
    case Act::kOpenDistrict:
    case Act::kCloseDistrict: add(hunt.districts[step.b].id); break;
    case Act::kLoseAt:
      add("of player " + std::to_string(step.a) + " after " + std::to_string(step.b) + " bytes");
      break;
    case Act::kTurns: add(std::to_string(step.a)); break;
    case Act::kSetClock: add("by " + std::to_string(clock_jump_ms(step.a)) + " ms"); break;
    case Act::kAnnounce:
    case Act::kPauseHunt:
    case Act::kResumeHunt:
    case Act::kBackup:
    case Act::kCrash:
    case Act::kPowerCut:
    case Act::kKillActor:
    case Act::kDamage: break;
    case Act::kDiesAt:
    case Act::kWriteFails:
    case Act::kSyncFails:
    case Act::kDiskFull: add("after " + std::to_string(step.a) + " more"); break;
    case Act::kWeather: add(std::to_string(step.b) + " to " + std::to_string(step.c) + " ms"); break;
    default: add("by player " + std::to_string(step.a)); break;
  }
  return step.then_ms == 0 ? text : text + ", then " + std::to_string(step.then_ms) + " ms";
}

}  // namespace cairn::simulate
