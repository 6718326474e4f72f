#include "tools/replay/moment.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "net/protocol/names.hpp"
#include "net/protocol/public_id.hpp"
#include "net/protocol/time_text.hpp"

namespace cairn::replay {

namespace {

std::vector<actors::TeamIndex> by_rank(const net::View& view) {
  std::vector<actors::TeamIndex> teams(view.team_count());
  for (std::uint32_t t = 0; t < teams.size(); ++t)
    teams[view.rank(actors::TeamIndex{t}) - 1] = actors::TeamIndex{t};
  return teams;
}

std::string hours_minutes_seconds(std::int64_t ms) {
  std::array<char, 32> text{};
  const long long seconds = ms / 1000;
  std::snprintf(text.data(), text.size(), "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60,
                seconds % 60);
  return text.data();
}

std::string padded(std::string text, std::size_t columns) {
  text.resize(std::max(text.size(), columns), ' ');
  return text;
}

std::string districts_of(const net::View& view) {
  std::string open;
  std::string closed;
  for (std::uint32_t d = 0; d < view.hunt().districts.size(); ++d) {
    const net::DistrictView& district = view.district(actors::DistrictIndex{d});
    if (!district.ever_opened) continue;
    (district.open ? open : closed) += " " + view.hunt().districts[d].id;
  }
  return "districts open:" + (open.empty() ? " none" : open) +
         (closed.empty() ? "" : "\ndistricts closed again:" + closed) + "\n";
}

}  // namespace

std::string describe(const net::View& view, std::size_t rows) {
  std::string text{net::name_of(view.state())};
  text += ", hunt time " + hours_minutes_seconds(view.hunt_ms(view.last_wall_ms()));
  if (view.sequence() > 0) text.append(", ").append(net::TimeText{view.last_wall_ms()});
  text += "\n" + districts_of(view);
  const std::vector<actors::TeamIndex> teams = by_rank(view);
  if (!teams.empty()) text += "rank  team     earned  to spend  solved  name\n";
  for (std::size_t place = 0; place < std::min(rows, teams.size()); ++place) {
    const net::TeamView& team = view.team(teams[place]);
    text += padded(std::to_string(place + 1), 6) +
            padded(std::string{std::string_view{net::PublicId{teams[place]}}}, 9) +
            padded(std::to_string(view.earned(teams[place])), 8) + padded(std::to_string(team.points), 10) +
            padded(std::to_string(team.solved), 8) + team.name + "\n";
  }
  if (teams.size() > rows) text += "and " + std::to_string(teams.size() - rows) + " more teams\n";
  return text;
}

void write_moment(net::JsonWriter& json, const net::View& view) {
  json.member("state", net::name_of(view.state()));
  json.member("hunt_ms", view.hunt_ms(view.last_wall_ms()));
  json.member("wall_ms", view.last_wall_ms());
  json.begin_array("districts");
  for (std::uint32_t d = 0; d < view.hunt().districts.size(); ++d) {
    const net::DistrictView& district = view.district(actors::DistrictIndex{d});
    json.begin_object();
    json.member("id", view.hunt().districts[d].id);
    json.member("open", district.open);
    json.member("opened", district.ever_opened);
    json.end_object();
  }
  json.end_array();
  json.begin_array("teams");
  for (const actors::TeamIndex team : by_rank(view)) {
    json.begin_object();
    json.member("team", std::string_view{net::PublicId{team}});
    json.member("name", view.team(team).name);
    json.member("rank", view.rank(team));
    json.member("earned", view.earned(team));
    json.member("points", view.team(team).points);
    json.member("solved", view.team(team).solved);
    json.end_object();
  }
  json.end_array();
}

}  // namespace cairn::replay
