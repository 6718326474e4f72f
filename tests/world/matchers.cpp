#include "tests/world/matchers.hpp"

#include <algorithm>

#include "tests/world/hunt.hpp"
#include "tests/world/json_look.hpp"

namespace cairn::story {

// --- who ---

Subject subject_of(const Everyone& /*all*/) {
  Subject subject;
  for (const auto& team : Hunt::current().teams())
    for (const auto& player : team->members()) subject.players.push_back(player.get());
  return subject;
}

Subject subject_of(Team& team) {
  Subject subject;
  for (const auto& player : team.members()) subject.players.push_back(player.get());
  return subject;
}

Subject subject_of(Player& player) { return {{&player}}; }

Subject everyone_but(Player& player) {
  Subject all = subject_of(everyone);
  std::erase(all.players, &player);
  return all;
}

Subject everyone_but(Team& team) {
  Subject all = subject_of(everyone);
  for (const auto& player : team.members()) std::erase(all.players, player.get());
  return all;
}

// --- which event ---

bool Event::is(const world::ToldEvent& told) const {
  return told.event == name && std::ranges::all_of(fields, [&](const std::string& field) {
           return told.json.find(field) != std::string::npos;
         });
}

std::string Event::words() const {
  std::string words = name;
  for (const std::string& field : fields) words += " " + field;
  return words;
}

namespace {

std::string field(std::string_view key, std::string_view text) {
  return "\"" + std::string{key} + R"(":")" + std::string{text} + "\"";
}

}  // namespace

Event event(std::string_view name,
            std::initializer_list<std::pair<std::string_view, std::string_view>> data) {
  Event event{std::string{name}, {}};
  for (const auto& [key, text] : data) event.fields.push_back(field(key, text));
  return event;
}

Event district_opened(std::string_view district) {
  return event("district_opened", {{"district", district}});
}
Event district_closed(std::string_view district) {
  return event("district_closed", {{"district", district}});
}
Event hunt_is(std::string_view state) { return event("hunt_state_changed", {{"state", state}}); }
Event puzzle_unlocked(std::string_view puzzle) { return event("puzzle_unlocked", {{"puzzle", puzzle}}); }
Event puzzle_solved(std::string_view puzzle) { return event("puzzle_solved", {{"puzzle", puzzle}}); }
Event team_solved(std::string_view team, std::string_view puzzle) {
  return event("team_solved", {{"name", team}, {"puzzle", puzzle}});
}
Event first_solve(std::string_view team, std::string_view puzzle) {
  return event("first_solve", {{"name", team}, {"puzzle", puzzle}});
}
Event clue_discovered(std::string_view puzzle, std::string_view text) {
  return event("clue_discovered", {{"puzzle", puzzle}, {"text", text}});
}
Event hint_granted(std::string_view puzzle, std::string_view text) {
  return event("hint_granted", {{"puzzle", puzzle}, {"text", text}});
}
Event announcement(std::string_view text) { return event("announcement", {{"text", text}}); }
Event member_joined(std::string_view name) { return event("member_joined", {{"name", name}}); }
Event token_ended() { return event("token_ended"); }

// --- what: of events ---

namespace {

std::size_t times_seen(Player& player, const Event& event) {
  return static_cast<std::size_t>(std::ranges::count_if(
      player.self().events(), [&](const world::ToldEvent& told) { return event.is(told); }));
}

Matcher of_times(std::string words, const Event& event, std::function<bool(std::size_t)> enough) {
  return {std::move(words) + " " + event.words(), [event, enough = std::move(enough)](Player& player) {
            const std::size_t times = times_seen(player, event);
            return enough(times) ? "" : "saw it " + std::to_string(times) + " times";
          }};
}

}  // namespace

Matcher sees(const Event& event) {
  return of_times("sees", event, [](std::size_t times) { return times > 0; });
}
Matcher sees_once(const Event& event) {
  return of_times("sees once", event, [](std::size_t times) { return times == 1; });
}
Matcher sees_times(std::size_t wanted, const Event& event) {
  return of_times("sees " + std::to_string(wanted) + " times", event,
                  [wanted](std::size_t times) { return times == wanted; });
}
Matcher never_sees(const Event& event) {
  return of_times("never sees", event, [](std::size_t times) { return times == 0; });
}

Matcher sees_in_order(const std::vector<Event>& events) {
  std::string words = "sees in this order";
  for (const Event& event : events) words += " · " + event.words();
  return {words, [events](Player& player) -> std::string {
            auto from = player.self().events().begin();
            for (const Event& event : events) {
              from = std::find_if(from, player.self().events().end(),
                                  [&](const world::ToldEvent& told) { return event.is(told); });
              if (from == player.self().events().end())
                return "did not see " + event.words() + " in its turn";
              ++from;
            }
            return "";
          }};
}

namespace {

// "" if there was none.
std::string message_with(std::string_view text, Player& player) {
  for (const std::string& json : player.self().messages())
    if (json.find(text) != std::string::npos) return json;
  for (const world::ToldEvent& told : player.self().events())
    if (told.json.find(text) != std::string::npos) return told.json;
  return {};
}

}  // namespace

Matcher reads(std::string_view text) {
  return {"reads \"" + std::string{text} + "\"", [text = std::string{text}](Player& player) {
            return message_with(text, player).empty() ? "did not" : "";
          }};
}

Matcher never_reads(std::string_view text) {
  return {"never reads \"" + std::string{text} + "\"", [text = std::string{text}](Player& player) {
            const std::string json = message_with(text, player);
            return json.empty() ? "" : "read " + json;
          }};
}

// --- what: of the state ---

namespace {

Matcher of_state(std::string words, std::string pointer, const std::string& wanted) {
  return {std::move(words) + " " + wanted, [pointer = std::move(pointer), wanted](Player& player) {
            const std::string is = look(player.state(), pointer);
            return is == wanted ? "" : "it is " + (is.empty() ? "not told" : is);
          }};
}

// "" if his state has no such puzzle or district.
std::string of_one(Player& player, std::string_view list, std::string_view id, std::string_view wanted) {
  const std::string state = player.state();
  for (std::size_t i = 0;; ++i) {
    const std::string at = "/data/" + std::string{list} + "/" + std::to_string(i);
    const std::string is = look(state, at + "/id");
    if (is.empty() || is == id) return look(state, at + "/" + std::string{wanted});
  }
}

}  // namespace

Matcher has_rank(std::uint64_t rank) { return of_state("has rank", "/data/team/rank", std::to_string(rank)); }
Matcher has_points(std::int64_t points) {
  return of_state("has points", "/data/team/points", std::to_string(points));
}
Matcher has_earned(std::int64_t points) {
  return of_state("has earned", "/data/team/earned", std::to_string(points));
}
Matcher has_solved(std::uint64_t puzzles) {
  return of_state("has solved", "/data/team/solved", std::to_string(puzzles));
}

Matcher has_open(std::string_view puzzle) {
  return {"has open " + std::string{puzzle}, [id = std::string{puzzle}](Player& player) -> std::string {
            const std::string status = of_one(player, "puzzles", id, "status");
            return status == "open" ? "" : status.empty() ? "it is locked" : "it is " + status;
          }};
}

Matcher has_not_unlocked(std::string_view puzzle) {
  return {"has not unlocked " + std::string{puzzle},
          [id = std::string{puzzle}](Player& player) -> std::string {
            const std::string status = of_one(player, "puzzles", id, "status");
            return status.empty() ? "" : "it is " + status;
          }};
}

Matcher has_district(std::string_view district, bool open) {
  return {"has " + std::string{district} + (open ? " open" : " closed"),
          [id = std::string{district}, open](Player& player) -> std::string {
            const std::string is = of_one(player, "districts", id, "open");
            return is == (open ? "true" : "false") ? "" : "open is " + is;
          }};
}

// --- what: of the last answer and the connection ---

Matcher is_told(std::string_view word) {
  return {"is told " + std::string{word}, [word = std::string{word}](Player& player) {
            return player.last_answer() == word ? "" : "was told " + player.last_answer().word();
          }};
}

Matcher is_left_guesses(std::uint64_t guesses) {
  return {"is left guesses " + std::to_string(guesses), [wanted = std::to_string(guesses)](Player& player) {
            const std::string left = player.last_answer()["guesses_left"];
            return left == wanted ? "" : "is left " + (left.empty() ? "unsaid" : left);
          }};
}

Matcher is_connected() {
  return {"is connected", [](Player& player) { return player.self().is_connected() ? "" : "is not"; }};
}

Matcher is_closed(std::uint16_t code) {
  return {"is closed with " + std::to_string(code), [code](Player& player) -> std::string {
            if (!player.self().closed())
              return player.self().has_connection() ? "is connected" : "no close came";
            return *player.self().closed() == code
                       ? ""
                       : "was closed with " + std::to_string(*player.self().closed());
          }};
}

Verdict judge(const Subject& who, const Matcher& what) {
  Verdict verdict;
  if (who.players.empty()) return {false, "there is nobody of whom it could hold"};
  for (Player* player : who.players) {
    const std::string fault = what.fault(*player);
    if (fault.empty()) continue;
    verdict.holds = false;
    verdict.text += (verdict.text.empty() ? "" : "; ") + player->name() + " " + what.words + "? " + fault;
  }
  return verdict;
}

}  // namespace cairn::story
