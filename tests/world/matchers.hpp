// What is to hold of whom: CHECK(everyone, sees_once(district_opened("market"))).
//
// Who: `everyone` (in every team), a team, a player, `everyone_but(red)`. What: of the events they saw, of their state, of
// their last answer, of their connection. A new matcher is one function that returns a Matcher.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/world/cast.hpp"

namespace cairn::story {

// --- who ---

struct Everyone {};
inline constexpr Everyone everyone;

struct Subject {
  std::vector<Player*> players;
};
Subject subject_of(const Everyone& all);
Subject subject_of(Team& team);
Subject subject_of(Player& player);
inline Subject subject_of(Subject subject) { return subject; }
Subject everyone_but(Team& team);
Subject everyone_but(Player& player);

// --- which event ---

struct Event {
  std::string name;
  std::vector<std::string> fields;  // that its data has, as JSON: "district":"market"
  [[nodiscard]] bool is(const world::ToldEvent& told) const;
  [[nodiscard]] std::string words() const;
};

// Any event, by its name and some of its data's texts.
Event event(std::string_view name,
            std::initializer_list<std::pair<std::string_view, std::string_view>> data = {});
Event district_opened(std::string_view district);
Event district_closed(std::string_view district);
Event hunt_is(std::string_view state);  // hunt_state_changed
Event puzzle_unlocked(std::string_view puzzle);
Event puzzle_solved(std::string_view puzzle);
Event team_solved(std::string_view team, std::string_view puzzle);
Event first_solve(std::string_view team, std::string_view puzzle);
Event clue_discovered(std::string_view puzzle, std::string_view text);
Event hint_granted(std::string_view puzzle, std::string_view text);
Event announcement(std::string_view text);
Event member_joined(std::string_view name);
Event token_ended();

// --- what ---

struct Matcher {
  std::string words;
  std::function<std::string(Player&)> fault;  // "" when it holds, else what is the case
};

// Of the events a player was told since the story began, whatever connection they came by.
Matcher sees(const Event& event);
Matcher sees_once(const Event& event);
Matcher sees_times(std::size_t times, const Event& event);
Matcher never_sees(const Event& event);
// Of one stream: between `hunt` and `team` the protocol promises no order.
Matcher sees_in_order(const std::vector<Event>& events);
// Something, or nothing, that ever reached him contains the text.
Matcher reads(std::string_view text);
Matcher never_reads(std::string_view text);

// Of the state of his team, for which he is made to ask.
Matcher has_rank(std::uint64_t rank);
Matcher has_points(std::int64_t points);  // to spend
Matcher has_earned(std::int64_t points);
Matcher has_solved(std::uint64_t puzzles);
Matcher has_open(std::string_view puzzle);  // unlocked and not solved
Matcher has_not_unlocked(std::string_view puzzle);
Matcher has_district(std::string_view district, bool open);

// Of the last answer he got.
Matcher is_told(std::string_view word);  // a verdict, or "ok"
Matcher is_left_guesses(std::uint64_t guesses);

// Of his connection.
Matcher is_connected();
Matcher is_closed(std::uint16_t code);

struct Verdict {
  bool holds = true;
  std::string text;  // of those for whom it does not
  explicit operator bool() const { return holds; }
  friend std::ostream& operator<<(std::ostream& out, const Verdict& v) { return out << v.text; }
};

Verdict judge(const Subject& who, const Matcher& what);
template <class Who>
Verdict holds(Who&& who, const Matcher& what) {
  return judge(subject_of(std::forward<Who>(who)), what);
}

}  // namespace cairn::story

// doctest's CHECK takes one expression, so that CHECK(everyone, sees(…)) would not compile: this one takes either.
#undef CHECK
#define CHECK(...) \
  CAIRN_PICK(__VA_ARGS__, CAIRN_HOLDS, CAIRN_HOLDS, CAIRN_HOLDS, DOCTEST_CHECK, none)(__VA_ARGS__)
#define CAIRN_HOLDS(...) DOCTEST_CHECK(holds(__VA_ARGS__))
#define CAIRN_PICK(a, b, c, d, picked, ...) picked
