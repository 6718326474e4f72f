// Whom a benchmark lets guess: teams that a made-up evening has founded, with the puzzles that are open to them, and one
// wrong guess after the other that they can make. Nobody is ever locked out, and nothing closes.
//
// Owner: a run. Threads: made by one; then any may ask. Bounds: the hunt's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "actors/messages/command.hpp"
#include "bus/journal/file_layer.hpp"
#include "bus/result.hpp"
#include "config/model/hunt.hpp"

namespace cairn::bench {

// Its texts are the command's.
struct Guess {
  std::string request_id;
  std::string text;
  actors::Command command;
};

class GuessBook {
 public:
  // The same hunt without what would turn a guess away: lockouts, and times.
  [[nodiscard]] static std::shared_ptr<const config::Hunt> made_for_guessing(const config::Hunt& hunt);

  // Makes a journal there, of an evening at the end of which so many teams are at play.
  [[nodiscard]] static Result<GuessBook> make(bus::FileLayer& files, const std::filesystem::path& data,
                                              const std::shared_ptr<const config::Hunt>& hunt,
                                              std::size_t teams, std::uint64_t seed);

  // The number-th, by chance and always the same; no two have the same text or id.
  void guess(std::uint64_t number, Guess& out) const;

 private:
  struct Team {
    std::uint32_t members = 0;
    std::vector<actors::PuzzleIndex> puzzles;
  };
  class Reader;
  explicit GuessBook(const config::Hunt& hunt, std::uint64_t seed) : hunt_(&hunt), seed_(seed) {}

  const config::Hunt* hunt_;
  std::uint64_t seed_;
  std::vector<Team> teams_;
};

}  // namespace cairn::bench
