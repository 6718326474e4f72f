#include "tools/simulate/judge.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "config/model/normalise.hpp"

namespace cairn::simulate {

using actors::Entry;
using actors::EntryKind;
using actors::Verdict;

namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string field(const char* name, std::string_view text) {
  return "\"" + std::string{name} + "\":\"" + std::string{text} + "\"";
}

const char* verdict_name(Verdict verdict) {
  static constexpr std::array<const char*, 6> kNames{"",          "correct",       "partial",
                                                     "incorrect", "already_tried", "already_solved"};
  return kNames[static_cast<std::size_t>(verdict)];
}

bool stands_in_public(const config::Hunt& hunt, std::string_view answer) {
  const auto has = [answer](std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return contains(text, answer);
  };
  return std::ranges::any_of(hunt.puzzles, [&](const config::Puzzle& p) {
    return has(p.id) || has(p.title) || has(p.prompt) ||
           std::ranges::any_of(p.clues, [&](const config::Clue& clue) { return has(clue.text); }) ||
           std::ranges::any_of(p.hints, [&](const config::Hint& hint) { return has(hint.text); }) ||
           std::ranges::any_of(p.partials,
                               [&](const config::Partial& partial) { return has(partial.reply); });
  });
}

}  // namespace

Judge::Judge(std::shared_ptr<const config::Hunt> hunt) : hunt_(std::move(hunt)), rules_(hunt_) {
  for (const config::Puzzle& puzzle : hunt_->puzzles)
    for (const std::string& answer : puzzle.answers)
      if (answer.size() >= 5 && !stands_in_public(*hunt_, answer)) secrets_.push_back(answer);
}

// --- the journal ---

void Judge::hear_entry(const Entry& entry) {
  ++entries_;
  if (std::string broken = rules_.follow(entry); !broken.empty())
    complain("entry " + std::to_string(entry.sequence) + " (kind " +
             std::to_string(static_cast<int>(entry.kind)) + ", team " +
             std::to_string(static_cast<std::int32_t>(entry.team)) + ", puzzle " +
             std::to_string(static_cast<std::int32_t>(entry.puzzle)) + "): " + broken);
  if (entry.kind == EntryKind::kTeamCreated || entry.kind == EntryKind::kPlayerJoined)
    players_.emplace(entry.name, entry.player);
  if (!entry.request_id.empty() && entry.reply) {
    const auto [at, is_new] = answered_.try_emplace({entry.player, std::string{entry.request_id}},
                                                    Answered{entry.sequence, *entry.reply});
    if (!is_new)
      complain("entries " + std::to_string(at->second.sequence) + " and " + std::to_string(entry.sequence) +
               " answer the same request " + std::string{entry.request_id});
  }
  expect_events(entry);
}

void Judge::expect(actors::StreamId stream, const char* event, std::string containing) {
  due_[stream].push_back({event, std::move(containing)});
}

void Judge::expect_events(const Entry& entry) {
  const auto puzzle = [&] { return field("puzzle", (*hunt_)[entry.puzzle].id); };
  const auto district = [&] { return field("district", (*hunt_)[entry.district].id); };
  const actors::StreamId hunt = actors::kHuntStream;
  const actors::StreamId team = actors::team_stream(entry.team);
  switch (entry.kind) {
    case EntryKind::kHuntStateChanged: return expect(hunt, "hunt_state_changed", "");
    case EntryKind::kTeamCreated:
    case EntryKind::kPlayerJoined: return expect(team, "member_joined", std::string{entry.name});
    case EntryKind::kPlayerRecovered: return expect(actors::me_stream(entry.player), "token_ended", "");
    case EntryKind::kGuessDecided:
      if (entry.verdict != Verdict::kCorrect) return;
      expect(team, "puzzle_solved", puzzle());
      expect(hunt, "team_solved", puzzle());
      if (entry.rank == 1) expect(hunt, "first_solve", puzzle());
      return;
    case EntryKind::kRescored:
      if (entry.verdict != Verdict::kCorrect) return expect(team, "points_awarded", puzzle());
      expect(team, "puzzle_solved", puzzle());
      return expect(hunt, "team_solved", puzzle());
    case EntryKind::kClueDiscovered: return expect(team, "clue_discovered", puzzle());
    case EntryKind::kHintGranted: return expect(team, "hint_granted", puzzle());
    case EntryKind::kPuzzlesUnlocked:
      for (std::size_t i = 0; i < entry.unlocked.count; ++i)
        expect(team, "puzzle_unlocked", field("puzzle", (*hunt_)[entry.unlocked[i]].id));
      return;
    case EntryKind::kDistrictOpened: return expect(hunt, "district_opened", district());
    case EntryKind::kDistrictClosed: return expect(hunt, "district_closed", district());
    case EntryKind::kAnnounced: return expect(hunt, "announcement", "");
    default: return;
  }
}

// --- the players ---

actors::StreamId Judge::stream_named(std::string_view name, actors::PlayerIndex index) const {
  return name == "hunt"   ? actors::kHuntStream
         : name == "team" ? actors::team_stream(actors::team_of(index))
                          : actors::me_stream(index);
}

void Judge::hear_player(const world::Player& player, std::string_view state) {
  if (!player.complaint().empty()) complain(player.complaint());
  const auto known = players_.find(player.name());
  if (known == players_.end())
    return complain(player.name() + " was let in, and the journal does not know him");
  check_events(player, known->second);
  check_replies(player, known->second);
  check_secrets(player);
  if (!state.empty()) check_state(player, known->second, state);
}

void Judge::check_events(const world::Player& player, actors::PlayerIndex index) {
  for (const world::ToldEvent& told : player.events()) {
    const actors::StreamId stream = stream_named(told.stream, index);
    const std::vector<Due>& due = due_[stream];
    const std::string where =
        player.name() + " at offset " + std::to_string(told.offset) + " of " + told.stream;
    if (told.offset == 0 || told.offset > due.size()) {
      complain(where + " was told what the journal does not hold: " + told.json);
      continue;
    }
    const Due& right = due[told.offset - 1];
    if (told.event != right.event || !contains(told.json, right.containing))
      complain(where + " was told " + told.json + " instead of " + right.event + " " + right.containing);
    const auto [first, is_new] = told_.try_emplace({stream, told.offset}, told.json);
    if (!is_new && first->second != told.json) complain(where + " was told other bytes than somebody else");
  }
}

void Judge::check_replies(const world::Player& player, actors::PlayerIndex index) {
  for (const auto& [id, asked] : player.asked()) {
    const std::string who = player.name() + "'s request " + id;
    if (asked.is_ambiguous && asked.type != "get_state" && contains(asked.reply, R"("temporary":false)"))
      complain(who + " got two different replies");
    if (asked.type == "get_state" || asked.reply.empty()) continue;
    const bool is_for_ever =
        contains(asked.reply, R"("ok":true)") || contains(asked.reply, R"("temporary":false)");
    const auto answered = answered_.find({index, id});
    if (answered == answered_.end()) {
      // What cannot be understood is refused at the door and leaves no trace.
      if (is_for_ever && !contains(asked.reply, "bad_request") && !contains(asked.reply, "not_found"))
        complain(who + " was acknowledged and is not in the journal: " + asked.reply);
      continue;
    }
    if (is_for_ever) check_reply(who, asked, answered->second);
  }
}

void Judge::check_reply(const std::string& who, const world::Asked& asked, const Answered& answered) {
  const actors::Reply& reply = answered.reply;
  if ((reply.code == actors::Code::kOk) != contains(asked.reply, R"("ok":true)"))
    return complain(who + " was told " + asked.reply + " and the journal says otherwise");
  if (asked.type != "submit_answer" || reply.code != actors::Code::kOk) return;
  if (!contains(asked.reply, field("verdict", verdict_name(reply.verdict))))
    complain(who + " was told " + asked.reply + " and the journal says " + verdict_name(reply.verdict));
  if (reply.verdict == Verdict::kCorrect &&
      !contains(asked.reply, "\"points\":" + std::to_string(reply.points)))
    complain(who + " was told " + asked.reply + " and the journal says " + std::to_string(reply.points) +
             " points");
  // Whether the guess is right is for the hunt's files to say.
  simdjson::dom::parser parser;
  const simdjson::padded_string data{asked.data};
  simdjson::dom::element root;
  std::string_view puzzle;
  std::string_view answer;
  if (parser.parse(data).get(root) != simdjson::SUCCESS || root["puzzle"].get(puzzle) != simdjson::SUCCESS ||
      root["answer"].get(answer) != simdjson::SUCCESS)
    return;
  const config::Puzzle& asked_of = (*hunt_)[hunt_->find_puzzle(puzzle).value()];
  std::array<char, config::kAnswerBytesMax> form;
  const std::size_t bytes =
      config::normalise(answer, asked_of.normalisation, form.data(), form.size()).value_or(0);
  const bool is_right =
      std::ranges::find(asked_of.answers, std::string_view{form.data(), bytes}) != asked_of.answers.end();
  const bool may_be_wrong = reply.verdict == Verdict::kAlreadySolved;
  if (is_right != (reply.verdict == Verdict::kCorrect) && !may_be_wrong)
    complain(who + " was judged " + verdict_name(reply.verdict) + ": " + asked.data);
}

void Judge::check_state(const world::Player& player, actors::PlayerIndex index, std::string_view state) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded{state};
  simdjson::dom::element root;
  if (parser.parse(padded).get(root) != simdjson::SUCCESS)
    return complain(player.name() + ": the state is not JSON");
  const actors::TeamIndex team = actors::team_of(index);
  const TeamScore& score = rules_.teams()[actors::index(team)];
  const auto check = [&](const char* pointer, std::int64_t should) {
    std::int64_t has = 0;
    if (root.at_pointer(pointer).get(has) != simdjson::SUCCESS || has != should)
      complain(player.name() + ": the state's " + pointer + " is " + std::to_string(has) + " and should be " +
               std::to_string(should));
  };
  check("/data/team/points", score.earned - score.spent);
  check("/data/team/earned", score.earned);
  check("/data/team/solved", score.solved);
  check("/data/team/rank", rules_.rank(team));
  for (const char* stream : {"hunt", "team", "me"}) {
    const auto should = static_cast<std::int64_t>(due_[stream_named(stream, index)].size());
    if (static_cast<std::int64_t>(player.heard(stream)) != should)
      complain(player.name() + " has heard " + std::to_string(player.heard(stream)) + " of " +
               std::to_string(should) + " events of " + stream + " when everything was over");
  }
}

void Judge::check_secrets(const world::Player& player) {
  const auto look = [&](const std::string& text) {
    for (const std::string& secret : secrets_)
      if (contains(text, secret)) complain(player.name() + " was told an answer: " + text);
  };
  for (const std::string& message : player.messages()) look(message);
  for (const world::ToldEvent& told : player.events()) look(told.json);
}

void Judge::close(std::int64_t hunt_ms, std::int64_t wall_ms, std::int64_t took_ms) {
  if (hunt_ms > took_ms)
    complain("hunt time is " + std::to_string(hunt_ms) + " ms, and the hunt has run for " +
             std::to_string(took_ms) + " ms at most");
  if (std::string late = rules_.overdue(hunt_ms, wall_ms); !late.empty()) complain(late);
}

}  // namespace cairn::simulate
