// A puzzle: decides guesses, clues, check-ins and rescores, and owns for each team its tries, lockout, solve, rank and
// points.
//
// Owner: its RoleActor. Threads: its home core's. Bounds: one cache line for each team that may be admitted; nothing is
// allocated after construction.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "actors/role.hpp"
#include "actors/world.hpp"
#include "bus/lazy_array.hpp"
#include "config/model/hunt.hpp"

namespace cairn::actors {

class Puzzle final : public Role {
 public:
  Puzzle(std::shared_ptr<const config::Hunt> hunt, PuzzleIndex self, const World& world);

  void decide(const Command& command, Emitter& emitter) override;
  void fold(const Entry& entry) override;
  void save(StateWriter& out) const override;
  void load(StateReader& in) override;
  [[nodiscard]] std::string describe() const override;

 private:
  // Remembered to say already_tried without costing a guess; the oldest gives way.
  static constexpr std::size_t kTriedMax = 8;

  struct TeamState {
    bool unlocked;
    bool solved;
    bool checked_in;
    std::uint8_t clues;  // discovered, in sequence
    std::uint32_t wrong;
    std::int64_t lockout_until_ms;               // hunt time
    std::int64_t points;                         // what its solve was worth
    std::array<std::uint32_t, kTriedMax> tried;  // hashes of wrong guesses, a ring by `wrong`
  };
  static_assert(sizeof(TeamState) <= 64);

  [[nodiscard]] Reply refusal(const Command& command, const TeamState& team, const Emitter& now) const;
  void decide_answer(const Command& command, const TeamState& team, Emitter& emitter);
  void decide_clue(const Command& command, const TeamState& team, Emitter& emitter);
  void decide_rescore(const Command& command, const TeamState& team, Emitter& emitter);
  void decide_check_in(const Command& command, const TeamState& team, Emitter& emitter);
  void accept(const Command& command, Emitter& emitter);
  void reject(const Command& command, const TeamState& team, std::uint64_t hash, Emitter& emitter);
  [[nodiscard]] Entry entry_for(const Command& command, EntryKind kind) const;
  [[nodiscard]] std::uint32_t guesses_left(const TeamState& team) const;
  void fold_guess(const Entry& entry);
  void fold_rescore(const Entry& entry);

  const std::shared_ptr<const config::Hunt> hunt_;
  const PuzzleIndex self_;
  const config::Puzzle& puzzle_;
  const World& world_;
  std::uint32_t solves_ = 0;
  bus::LazyArray<TeamState> teams_;
};

// The hash under which a wrong guess is remembered: FNV-1a, 64 bits (Fowler, Noll, Vo).
std::uint64_t hash_of_answer(std::string_view normalised);

}  // namespace cairn::actors
