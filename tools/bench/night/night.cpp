#include "tools/bench/night/night.hpp"

#include <algorithm>
#include <optional>

#include "actors/messages/event.hpp"
#include "bus/journal/batch_appender.hpp"

namespace cairn::bench {

using actors::ActorId;
using actors::ActorKind;
using actors::Command;
using actors::CommandKind;
using actors::Entry;
using actors::EntryKind;
using actors::PuzzleIndex;
using actors::TeamIndex;
using actors::Verdict;

namespace {
constexpr std::int64_t kBeginMs = 1'700'000'000'000;
// So many attempts without an entry, and the night is over.
constexpr std::uint64_t kIdleMax = 1'000'000;
}  // namespace

// What one role makes of one command, or of what it has folded.
class Night::Decision final : public actors::Emitter {
 public:
  Decision(Night& night, ActorId decider, const Command* command)
      : night_(night), decider_(decider), command_(command) {
    hunt_ms_ = night.hunt_ms_;
    wall_ms_ = kBeginMs + hunt_ms_;
  }
  void emit(Entry entry) override {
    entry.decider = decider_;
    entry.reacted_through = night_.sequence_;
    entry.hunt_ms = hunt_ms_;
    entry.wall_ms = wall_ms_;
    if (command_ != nullptr) entry.request_id = command_->request_id;
    entry.sequence = ++night_.sequence_;
    night_.fold(entry);
  }
  void answer(const actors::Reply& /*reply*/) override {}

 private:
  Night& night_;
  const ActorId decider_;
  const Command* const command_;
};

Night::Night(std::shared_ptr<const config::Hunt> hunt, NightOptions options)
    : hunt_(std::move(hunt)),
      options_([&] {
        options.teams = std::min<std::size_t>(options.teams, hunt_->teams_max);
        options.players_per_team = std::min<std::size_t>(options.players_per_team, hunt_->team_size_max);
        return options;
      }()),
      random_(options.seed),
      folded_(hunt_),
      open_(hunt_->districts.size()),
      body_(actors::kEntryBytesMax) {
  to_react_.push_back(actors::kHuntActor);
}

Night::~Night() = default;

Result<void> Night::write(bus::Store& store, std::uint64_t count) {
  bus::BatchAppender appender{store};
  const Result<void> played = play(count, [&](const bus::Record& record) { return appender.add(record); });
  return played ? appender.commit() : played;
}

Result<void> Night::play(std::uint64_t count, const Take& take) {
  take_ = &take;
  taken_ = {};
  const std::uint64_t end = sequence_ + count;
  std::uint64_t idle = 0;
  for (std::uint64_t before = sequence_; sequence_ < end && taken_; before = sequence_) {
    if (to_react_.empty()) {
      act();
      idle = sequence_ == before ? idle + 1 : 0;
      if (idle > kIdleMax) taken_ = failure("nobody has anything left to do in this hunt");
      continue;
    }
    const ActorId actor = to_react_.back();
    to_react_.pop_back();
    react(actor);
  }
  take_ = nullptr;
  return taken_;
}

void Night::react(ActorId actor) {
  Decision decision{*this, actor, nullptr};
  if (folded_.role(actor).react(decision)) to_react_.push_back(actor);
}

// Whether anything comes of it or not, time passes.
void Night::act() {
  hunt_ms_ += options_.ms_per_act;
  if (teams_.size() < options_.teams) return create_team();
  // For the rules that wait for hunt time.
  if (below(1'000) == 0) to_react_.push_back(actors::kHuntActor);
  const auto team = static_cast<std::uint32_t>(below(teams_.size()));
  if (teams_[team].members < options_.players_per_team) return join_team(team);
  if (!teams_[team].puzzles.empty()) play_puzzle(team);
}

void Night::create_team() {
  const std::string name = "Team " + random_text(8);
  const std::string code = random_text(actors::kJoinCodeBytes);
  const std::string player = "Captain " + random_text(6);
  Command command;
  command.kind = CommandKind::kCreateTeam;
  command.text = name;
  command.name = player;
  command.join_code = code;
  random_.fill(command.token_hash);
  random_.fill(command.recovery_hash);
  decide(command);
}

void Night::join_team(std::uint32_t team) {
  const std::string player = "Player " + random_text(6);
  Command command;
  command.kind = CommandKind::kJoinTeam;
  command.team = TeamIndex{team};
  command.name = player;
  random_.fill(command.token_hash);
  random_.fill(command.recovery_hash);
  decide(command);
}

void Night::play_puzzle(std::uint32_t team) {
  const std::vector<PuzzleIndex>& puzzles = teams_[team].puzzles;
  const PuzzleIndex puzzle = puzzles[below(puzzles.size())];
  const config::Puzzle& of = (*hunt_)[puzzle];
  std::string text = "no " + random_text(6);
  const std::string id = std::to_string(++requests_) + "-" + random_text(8);
  Command command;
  command.kind = CommandKind::kSubmitAnswer;
  command.team = TeamIndex{team};
  command.player =
      actors::player_of(TeamIndex{team}, static_cast<std::uint32_t>(below(teams_[team].members)));
  command.puzzle = puzzle;
  command.district = of.district;
  command.request_id = id;
  const std::uint64_t chance = below(100);
  if (chance < 6) {
    text = of.answers[below(of.answers.size())];
  } else if (chance < 10) {
    command.kind = CommandKind::kRequestHint;
    command.item = static_cast<std::uint32_t>(below(3));
  } else if (chance < 13) {
    command.kind = CommandKind::kDiscoverClue;
    command.item = static_cast<std::uint32_t>(below(2));
  } else if (chance < 20) {
    command.kind = CommandKind::kCheckIn;
    command.at = of.at;
    text = of.at ? std::string{} : of.code;
  } else if (chance < 22) {
    text = "no luck";  // the second time it was tried already
  }
  command.text = text;
  decide(command);
}

void Night::decide(Command command) {
  const ActorId decider = decider_of(command);
  Decision decision{*this, decider, &command};
  folded_.role(decider).decide(command, decision);
}

void Night::fold(const Entry& entry) {
  folded_.fold(entry);
  switch (entry.kind) {
    case EntryKind::kTeamCreated:
      teams_.emplace_back().members = 1;
      to_react_.push_back(actor_id(ActorKind::kTeam, index(entry.team)));
      break;
    case EntryKind::kPlayerJoined: ++teams_[index(entry.team)].members; break;
    case EntryKind::kPuzzlesUnlocked:
      for (std::size_t i = 0; i < entry.unlocked.count; ++i)
        teams_[index(entry.team)].puzzles.push_back(entry.unlocked[i]);
      break;
    case EntryKind::kGuessDecided:
      if (entry.verdict != Verdict::kCorrect) break;
      std::erase(teams_[index(entry.team)].puzzles, entry.puzzle);
      to_react_.push_back(actors::kHuntActor);
      to_react_.push_back(actor_id(ActorKind::kTeam, index(entry.team)));
      break;
    case EntryKind::kHuntStateChanged: to_react_.push_back(actors::kHuntActor); break;
    case EntryKind::kDistrictOpened:
      to_react_.push_back(actors::kHuntActor);
      for (std::size_t t = 0; t < teams_.size(); ++t) to_react_.push_back(actor_id(ActorKind::kTeam, t));
      break;
    default: break;
  }
  offsets_.clear();
  for_each_event(entry, [this](const actors::EventRef& event) { given_.give(event.stream, 0, offsets_); });
  const std::size_t bytes = encode(entry, body_);
  if (taken_) taken_ = (*take_)({sequence_, std::span{body_}.first(bytes), offsets_});
}

std::string Night::random_text(std::size_t bytes) {
  std::string text(bytes, ' ');
  for (char& c : text) c = static_cast<char>('a' + below(26));
  return text;
}

}  // namespace cairn::bench
