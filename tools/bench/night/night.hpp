// A night's journal without its night: players who guess, mostly wrongly, ask for hints, find clues, check in and solve,
// decided by the real roles one after the other. No cores, no sockets; the same seed gives the same entries.
//
// Owner: a benchmark or a test. Threads: one. Bounds: the hunt's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "actors/folded_hunt.hpp"
#include "actors/messages/command.hpp"
#include "bus/journal/offset_counter.hpp"
#include "bus/journal/store.hpp"
#include "bus/random.hpp"
#include "bus/result.hpp"
#include "config/model/hunt.hpp"

namespace cairn::bench {

struct NightOptions {
  std::uint64_t seed = 1;
  std::size_t teams = 1'500;
  std::size_t players_per_team = 4;
  std::int64_t ms_per_act = 12;  // two million entries are about eight hours
};

class Night {
 public:
  Night(std::shared_ptr<const config::Hunt> hunt, NightOptions options);
  ~Night();

  // Gives the next `count` entries, or a few more, to `store`.
  Result<void> write(bus::Store& store, std::uint64_t count);
  // The same to whoever wants them.
  using Take = std::function<Result<void>(const bus::Record&)>;
  Result<void> play(std::uint64_t count, const Take& take);

 private:
  class Decision;
  struct Team {
    std::vector<actors::PuzzleIndex> puzzles;  // unlocked and not solved
    std::uint32_t members = 0;
  };

  void act();
  void create_team();
  void join_team(std::uint32_t team);
  void play_puzzle(std::uint32_t team);
  void decide(actors::Command command);
  void react(actors::ActorId actor);
  void fold(const actors::Entry& entry);
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) { return random_.next() % bound; }
  [[nodiscard]] std::string random_text(std::size_t bytes);

  const std::shared_ptr<const config::Hunt> hunt_;
  const NightOptions options_;
  bus::SeededRandom random_;
  actors::FoldedHunt folded_;
  std::vector<Team> teams_;
  std::vector<actors::ActorId> to_react_;
  std::vector<bool> open_;
  std::uint64_t sequence_ = 0;
  std::int64_t hunt_ms_ = 0;
  std::uint64_t requests_ = 0;
  bus::OffsetCounter given_;
  std::vector<bus::StreamOffset> offsets_;
  std::vector<std::byte> body_;
  const Take* take_ = nullptr;
  Result<void> taken_;
};

}  // namespace cairn::bench
