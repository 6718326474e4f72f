// What happens in a run, as data: made from a seed before anything runs, so that steps can be left out and the rest
// still means the same. A step that cannot be done when its turn comes (no such team yet, no connection) is passed over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/model/hunt.hpp"

namespace cairn::simulate {

enum class Act : std::uint8_t {
  kNewTeam,        // a: members
  kGuess,          // a: player, b: puzzle, c: which answer (answer_of)
  kHint,           // a: player, b: puzzle, c: hint
  kClue,           // a: player, b: puzzle, c: clue
  kCheckIn,        // a: player, b: puzzle, c: by code, near, far or by a wrong code
  kSendAgain,      // a: player, b: which of his requests, counted from the last: sent once more
  kLook,           // a: player: get_state
  kRecover,        // a: player: with his recovery code, on another telephone
  kLoseSignal,     // a: player
  kLoseAt,         // a: player, b: after so many bytes
  kFallSilent,     // a: player
  kReadSlowly,     // a: player, b: bytes a second
  kComeBack,       // a: player: connects, or resumes
  kSecondPhone,    // a: player, b: another player's core: connects again while he is connected
  kWeather,        // b, c: delays of new connections, least and most, in milliseconds
  kOpenDistrict,   // b: district
  kCloseDistrict,  // b: district
  kAnnounce,
  kRescore,  // a: player, b: puzzle: his team has solved it after all, c: for how much, by which guess
  kPauseHunt,
  kResumeHunt,
  kBackup,     // of what there is, while play goes on
  kTurns,      // a: everybody gets so many turns and no time passes
  kSetClock,   // a: the wall clock jumps, by an hour at most either way
  kKillActor,  // a: kind, b: which
  kCrash,      // the process dies and starts again
  kPowerCut,   // a, b: chance: what of the unsynced reaches the disk; and it starts again
  kDiesAt,  // a: at the so-manieth operation of the disk from now; the next of the two above starts it again
  kWriteFails,  // a: the so-manieth from now
  kSyncFails,   // a: the so-manieth from now
  kDiskFull,    // a: after so many more bytes
  kDamage,      // b: of which file, a and c: which bit; on a copy of the disk, and to another server
  kCount
};
[[nodiscard]] const char* name_of(Act act);
// Something that goes wrong, rather than something that people do.
[[nodiscard]] bool is_fault(Act act);

struct Step {
  Act act = Act::kTurns;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t then_ms = 0;  // so much time passes behind it; 0: the next step comes at the same moment
};

struct Plan {
  std::uint64_t seed = 0;
  std::vector<Step> steps;
};

// Everything in it follows from the hunt and the seed.
[[nodiscard]] Plan make_plan(const config::Hunt& hunt, std::uint64_t seed, std::size_t steps);
// As a person reads it.
[[nodiscard]] std::string describe(const Step& step, const config::Hunt& hunt);
// What a guess with this choice says: one of the answers, of the partial answers, or of a few wrong ones.
[[nodiscard]] std::string answer_of(const config::Puzzle& puzzle, std::uint32_t choice);
// By how much a kSetClock with this choice sets the clock.
[[nodiscard]] std::int64_t clock_jump_ms(std::uint32_t choice);

}  // namespace cairn::simulate
