// What all players of the crowd share: the loop, the clock's calls, the teams, and what is counted.
//
// Owner: the crowd. Threads: one. Bounds: those of its members.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tools/crowd/address.hpp"
#include "tools/crowd/connect_gate.hpp"
#include "tools/crowd/event_ledger.hpp"
#include "tools/crowd/loop.hpp"
#include "tools/crowd/options.hpp"
#include "tools/crowd/puzzle_book.hpp"
#include "tools/crowd/random.hpp"
#include "tools/crowd/tally.hpp"
#include "tools/crowd/team.hpp"
#include "tools/crowd/timers.hpp"

namespace cairn::crowd {

struct District {
  std::string name;
  bool open = false;
};

struct Scene {
  Loop& loop;
  const Address& address;
  const LoadOptions& options;
  ConnectGate& gate;
  Tally tally;
  EventLedger ledger;
  Epochs epochs;
  PuzzleBook book;
  Timers timers;
  Random chance;
  simdjson::dom::parser parser;
  std::vector<Team> teams;
  std::map<std::string, District, std::less<>> districts;
  bool playing = false;    // requests with an intended time in here are measured
  bool measuring = false;  // arrivals now are measured
  bool leaving = false;

  Scene(Loop& the_loop, const Address& the_address, const LoadOptions& the_options, ConnectGate& the_gate)
      : loop(the_loop),
        address(the_address),
        options(the_options),
        gate(the_gate),
        chance(mix64(the_options.seed ^ 0x63726f7764ULL)) {}

  // Remembers when a right answer was meant to be sent, so that the public event can be measured from there.
  void note_solve(std::uint32_t team, PuzzleIndex puzzle, std::uint64_t intended_ns) {
    solve_causes_.emplace(static_cast<std::uint64_t>(team) << 16 | puzzle, intended_ns);
  }
  void forget_solve(std::uint32_t team, PuzzleIndex puzzle) {
    solve_causes_.erase(static_cast<std::uint64_t>(team) << 16 | puzzle);
  }
  void note_opening(const std::string& district, std::uint64_t intended_ns) {
    opening_causes_[district] = intended_ns;
  }
  void name_team(const std::string& name, std::uint32_t team) { team_by_name_[name] = team; }

  // The first sight of a public event: what it says, and what caused it. False when it is not proper JSON.
  bool first_sight(EventLedger::Record& record, std::string_view event, std::string_view text);

  // The districts that a `get_state` tells of.
  void apply_districts(const simdjson::dom::element& state);

 private:
  void see_team_solved(EventLedger::Record& record, simdjson::dom::element data);
  void see_district(EventLedger::Record& record, simdjson::dom::element data, bool opened);

  std::unordered_map<std::string, std::uint32_t> team_by_name_;
  std::unordered_map<std::uint64_t, std::uint64_t> solve_causes_;
  std::unordered_map<std::string, std::uint64_t> opening_causes_;
};

}  // namespace cairn::crowd
