// Folds a journal from its first entry and finds whatever does not agree: with the rules of the hunt, written down apart
// from the actors; with the offsets that its events were given; with the checkpoint beside it; and with the state in which
// the server that played it stopped.
//
// Owner: who verifies. Threads: one. Bounds: the hunt's; kProblemsMax are kept, all are counted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "bus/journal/checkpoint.hpp"
#include "bus/journal/offset_counter.hpp"
#include "bus/journal/record.hpp"
#include "config/model/hunt.hpp"
#include "tools/cairn/fold.hpp"
#include "tools/cairn/last_state.hpp"
#include "tools/simulate/rules.hpp"

namespace cairn::replay {

struct Verification {
  static constexpr std::size_t kProblemsMax = 20;
  // What was said of the state after an entry, and whether the fold says the same.
  struct Comparison {
    std::uint64_t sequence = 0;
    bool is_same = false;
  };

  std::uint64_t entries = 0;
  std::uint64_t events = 0;
  std::uint64_t teams = 0;
  std::string state_hash;
  std::optional<Comparison> checkpoint;
  std::optional<Comparison> last_state;
  std::uint64_t problem_count = 0;
  std::vector<std::string> problems;
};

class Verifier {
 public:
  // The checkpoint and the last state are of this journal; the caller has asked it.
  Verifier(const std::shared_ptr<const config::Hunt>& hunt, std::optional<bus::Checkpoint> checkpoint,
           std::optional<LastState> last_state);

  // Every entry, in order, with the offsets that its events were given.
  void take(const actors::Entry& entry, std::span<const bus::StreamOffset> offsets);
  // After the last one.
  [[nodiscard]] Verification finish();
  [[nodiscard]] const Fold& fold() const { return fold_; }

 private:
  void found(std::string problem);
  void check_offsets(const actors::Entry& entry, std::span<const bus::StreamOffset> offsets);
  // With what was said of the state after that entry, if anything was.
  void compare(std::uint64_t sequence);
  void compare_checkpoint(const bus::Checkpoint& checkpoint, std::span<const std::byte> state);
  void compare_last_state(const LastState& last, std::span<const std::byte> state);
  void check_scoreboard();
  void check_streams();

  const std::optional<bus::Checkpoint> checkpoint_;
  const std::optional<LastState> last_state_;
  Fold fold_;
  simulate::Rules rules_;
  bus::OffsetCounter offsets_;
  std::vector<bus::StreamOffset> given_;
  Verification result_;
};

}  // namespace cairn::replay
