#include "tools/replay/verifier.hpp"

#include <algorithm>
#include <utility>

#include "actors/messages/event.hpp"
#include "net/protocol/public_id.hpp"

namespace cairn::replay {

namespace {

std::vector<std::byte> saved(const Fold& fold) {
  actors::StateWriter state;
  fold.save(state);
  return state.take();
}

std::string differs(std::string_view what, std::int64_t shown, std::int64_t should) {
  return std::string{what} + " is " + std::to_string(shown) + ", and by the rules it is " +
         std::to_string(should);
}

}  // namespace

Verifier::Verifier(const std::shared_ptr<const config::Hunt>& hunt, std::optional<bus::Checkpoint> checkpoint,
                   std::optional<LastState> last_state)
    : checkpoint_(std::move(checkpoint)), last_state_(std::move(last_state)), fold_(hunt), rules_(hunt) {
  // A server that stopped before anything happened.
  compare(0);
}

void Verifier::take(const actors::Entry& entry, std::span<const bus::StreamOffset> offsets) {
  if (const std::string broken = rules_.follow(entry); !broken.empty())
    found("entry " + std::to_string(entry.sequence) + " breaks the rules: " + broken);
  check_offsets(entry, offsets);
  fold_.fold(entry);
  ++result_.entries;
  compare(entry.sequence);
}

Verification Verifier::finish() {
  check_scoreboard();
  check_streams();
  result_.teams = fold_.view().team_count();
  result_.state_hash = actors::state_hash(saved(fold_));
  return std::move(result_);
}

void Verifier::found(std::string problem) {
  if (result_.problem_count++ < Verification::kProblemsMax) result_.problems.push_back(std::move(problem));
}

void Verifier::check_offsets(const actors::Entry& entry, std::span<const bus::StreamOffset> offsets) {
  given_.clear();
  actors::for_each_event(entry, [this](const actors::EventRef& event) {
    offsets_.give(event.stream, 0, given_);
    ++result_.events;
  });
  if (!std::ranges::equal(given_, offsets))
    found("entry " + std::to_string(entry.sequence) + " gave its events other offsets than the next ones");
}

void Verifier::compare(std::uint64_t sequence) {
  const bool has_checkpoint = checkpoint_ && checkpoint_->mark().sequence == sequence;
  const bool has_last_state = last_state_ && last_state_->mark.sequence == sequence;
  if (!has_checkpoint && !has_last_state) return;
  const std::vector<std::byte> state = saved(fold_);
  if (has_checkpoint) compare_checkpoint(*checkpoint_, state);
  if (has_last_state) compare_last_state(*last_state_, state);
}

void Verifier::compare_checkpoint(const bus::Checkpoint& checkpoint, std::span<const std::byte> state) {
  const std::uint64_t sequence = checkpoint.mark().sequence;
  const bool is_same = std::ranges::equal(state, checkpoint.state());
  result_.checkpoint = {.sequence = sequence, .is_same = is_same};
  if (!is_same)
    found("the checkpoint after entry " + std::to_string(sequence) + " says something else than its entries");
  static_cast<void>(checkpoint.for_each_stream(
      [this](std::uint32_t stream, std::uint64_t, std::uint64_t last_offset, std::span<const std::byte>) {
        if (last_offset != offsets_.last(stream))
          found("the checkpoint says " + std::to_string(last_offset) + " events of stream " +
                std::to_string(stream) + ", and its entries " + std::to_string(offsets_.last(stream)));
        return true;
      }));
}

void Verifier::compare_last_state(const LastState& last, std::span<const std::byte> state) {
  const bool is_same = actors::state_hash(state) == last.hash;
  result_.last_state = {.sequence = last.mark.sequence, .is_same = is_same};
  if (!is_same)
    found("the server stopped after entry " + std::to_string(last.mark.sequence) +
          " in another state than its entries lead to");
}

// What players are shown, by what the rules make of the entries.
void Verifier::check_scoreboard() {
  const net::View& view = fold_.view();
  for (std::uint32_t t = 0; t < rules_.teams().size(); ++t) {
    const actors::TeamIndex team{t};
    const simulate::TeamScore& score = rules_.teams()[t];
    const std::string who = "team " + std::string{std::string_view{net::PublicId{team}}};
    const auto check = [&](std::string_view what, std::int64_t shown, std::int64_t should) {
      if (shown != should) found(who + ": " + differs(what, shown, should));
    };
    check("what it has earned", view.earned(team), score.earned);
    check("what it may spend", view.team(team).points, score.earned - score.spent);
    check("how many puzzles it has solved", view.team(team).solved, score.solved);
    check("its rank", view.rank(team), rules_.rank(team));
  }
}

void Verifier::check_streams() {
  fold_.view().for_each_stream([this](actors::StreamId stream, std::uint64_t last_offset) {
    if (last_offset != offsets_.last(stream))
      found("stream " + std::to_string(stream) + ": " +
            differs("its last offset", static_cast<std::int64_t>(last_offset),
                    static_cast<std::int64_t>(offsets_.last(stream))));
  });
}

}  // namespace cairn::replay
