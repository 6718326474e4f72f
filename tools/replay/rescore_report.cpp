#include "tools/replay/rescore_report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <vector>

#include "net/protocol/public_id.hpp"

namespace cairn::replay {

namespace {

std::string_view id_of(const net::PublicId& id) { return id; }

bool is_changed(const TeamScores& team) {
  return team.earned_now != team.earned_then || team.rank_now != team.rank_then;
}

std::vector<std::uint32_t> changed_teams(const Rescore& rescore) {
  std::vector<std::uint32_t> teams;
  for (std::uint32_t t = 0; t < rescore.teams.size(); ++t)
    if (is_changed(rescore.teams[t])) teams.push_back(t);
  std::ranges::sort(teams, {}, [&](std::uint32_t t) { return rescore.teams[t].rank_then; });
  return teams;
}

struct PuzzleSum {
  std::size_t solves = 0;
  std::size_t more = 0;
  std::size_t less = 0;
};

std::string puzzles_of(const Rescore& rescore, const config::Hunt& hunt) {
  std::map<actors::PuzzleIndex, PuzzleSum> sums;
  for (const Correction& gain : rescore.gains)
    ++(gain.was_solved ? sums[gain.puzzle].more : sums[gain.puzzle].solves);
  for (const Correction& loss : rescore.losses) ++sums[loss.puzzle].less;
  std::string text;
  for (const auto& [puzzle, sum] : sums)
    text += hunt[puzzle].id + ": " + std::to_string(sum.solves) + " teams would have solved it, " +
            std::to_string(sum.more) + " would have earned more, " + std::to_string(sum.less) + " less\n";
  return text;
}

void write(net::JsonWriter& json, const Correction& correction, const config::Hunt& hunt) {
  json.member("team", id_of(net::PublicId{correction.team}));
  json.member("player", id_of(net::PublicId{correction.player}));
  json.member("puzzle", hunt[correction.puzzle].id);
  json.member("points", correction.points_then);
  json.member("guess", correction.guess);
  json.member("rank", correction.rank);
}

void write(net::JsonWriter& json, std::string_view name, const std::vector<Correction>& corrections,
           const config::Hunt& hunt) {
  json.begin_array(name);
  for (const Correction& correction : corrections) {
    json.begin_object();
    write(json, correction, hunt);
    json.member("points_now", correction.points_now);
    json.member("solved_now", correction.was_solved);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string describe(const Rescore& rescore, const net::View& view, std::size_t rows) {
  const std::vector<std::uint32_t> teams = changed_teams(rescore);
  if (teams.empty()) return "the other revision scores every team alike\n";
  std::string text = puzzles_of(rescore, view.hunt());
  text += "  rank now  then   earned now      then  team     name\n";
  for (std::size_t i = 0; i < std::min(rows, teams.size()); ++i) {
    const TeamScores& team = rescore.teams[teams[i]];
    const actors::TeamIndex index{teams[i]};
    std::array<char, 96> line{};
    std::snprintf(line.data(), line.size(), "%10u %5u %12lld %9lld  %-8s ", team.rank_now, team.rank_then,
                  static_cast<long long>(team.earned_now), static_cast<long long>(team.earned_then),
                  std::string{id_of(net::PublicId{index})}.c_str());
    text += line.data() + view.team(index).name + "\n";
  }
  if (teams.size() > rows) text += "and " + std::to_string(teams.size() - rows) + " more teams\n";
  for (const std::string& puzzle : rescore.puzzles_missing)
    text += puzzle + " is not in the other revision: what it earned stays\n";
  if (rescore.guesses_unknown > 0)
    text += std::to_string(rescore.guesses_unknown) +
            " right guesses were journaled without what they were, and are taken as right\n";
  if (!rescore.losses.empty())
    text += "what " + std::to_string(rescore.losses.size()) +
            " solves would lose is shown only: rules rest on points, so none are ever taken back\n";
  return text;
}

void write_rescore(net::JsonWriter& json, const Rescore& rescore, const net::View& view) {
  write(json, "gains", rescore.gains, view.hunt());
  write(json, "losses", rescore.losses, view.hunt());
  json.begin_array("rescored_teams");
  for (const std::uint32_t t : changed_teams(rescore)) {
    const TeamScores& team = rescore.teams[t];
    json.begin_object();
    json.member("team", id_of(net::PublicId{actors::TeamIndex{t}}));
    json.member("earned_now", team.earned_now);
    json.member("earned_then", team.earned_then);
    json.member("rank_now", team.rank_now);
    json.member("rank_then", team.rank_then);
    json.end_object();
  }
  json.end_array();
  json.member("guesses_unknown", rescore.guesses_unknown);
  json.begin_array("puzzles_missing");
  for (const std::string& puzzle : rescore.puzzles_missing) json.value(std::string_view{puzzle});
  json.end_array();
}

std::string corrections(const Rescore& rescore, const config::Hunt& hunt) {
  std::string lines;
  net::TextBuffer buffer;
  for (const Correction& gain : rescore.gains) {
    net::JsonWriter json(buffer);
    json.begin_object();
    write(json, gain, hunt);
    json.end_object();
    lines.append(json.finish()).append("\n");
  }
  return lines;
}

}  // namespace cairn::replay
