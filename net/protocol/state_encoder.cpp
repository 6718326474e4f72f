#include "net/protocol/state_encoder.hpp"

#include <algorithm>

#include "actors/messages/limits.hpp"
#include "net/protocol/names.hpp"
#include "net/protocol/outline.hpp"
#include "net/protocol/position_text.hpp"
#include "net/protocol/public_id.hpp"
#include "net/protocol/time_text.hpp"

namespace cairn::net {

using actors::PuzzleIndex;
using actors::TeamIndex;

void write_leaderboard(JsonWriter& json, const View& view) {
  std::array<LeaderboardRow, kLeaderboardRows> rows;
  const std::size_t count = view.leaderboard(rows);
  json.begin_object();
  json.member("frozen", view.frozen());
  json.begin_array("rows");
  for (std::size_t i = 0; i < count; ++i) {
    json.begin_object();
    json.member("team", std::string_view(PublicId(rows[i].team)));
    json.member("name", view.team(rows[i].team).name);
    json.member("points", rows[i].points);
    json.member("solved", rows[i].solved);
    json.member("rank", i + 1);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

StateEncoder::StateEncoder(const View& view, std::string_view data_id, std::uint32_t speed)
    : view_(view), epochs_(view.hunt().id, data_id), speed_(speed) {
  for (const config::District& district : view.hunt().districts)
    outlines_.push_back(geojson_of(district.outline));
}

StreamOffsets StateEncoder::offsets(const Viewer& viewer) const {
  StreamOffsets offsets{};
  for (std::size_t i = 0; i < viewer.streams(); ++i) offsets[i] = view_.last_offset(viewer.stream(i));
  return offsets;
}

void StateEncoder::write_streams(JsonWriter& json, const Viewer& viewer, const StreamOffsets& offsets) const {
  json.begin_object("streams");
  for (std::size_t i = 0; i < viewer.streams(); ++i) {
    const actors::StreamId stream = viewer.stream(i);
    json.begin_object(name_of(actors::stream_kind(stream)));
    json.member("epoch", std::string_view(epochs_.of(stream)));
    json.member("offset", offsets[i]);
    json.end_object();
  }
  json.end_object();
}

void StateEncoder::write_hunt(JsonWriter& json) const {
  const config::Hunt& hunt = view_.hunt();
  json.begin_object("hunt");
  json.member("id", hunt.id);
  json.member("name", hunt.name);
  json.member("city", hunt.city);
  json.member("state", name_of(view_.state()));
  json.member("districts_open", view_.districts_open());
  json.member("spectators", hunt.spectators);
  write_rehearsal(json);
  json.end_object();
}

void StateEncoder::write_rehearsal(JsonWriter& json) const {
  if (speed_ == 1) return;
  json.begin_object("rehearsal");
  json.member("speed", speed_);
  json.end_object();
}

void StateEncoder::write_districts(JsonWriter& json, const Viewer& viewer) const {
  const config::Hunt& hunt = view_.hunt();
  json.begin_array("districts");
  for (std::size_t d = 0; d < hunt.districts.size(); ++d) {
    const config::District& district = hunt.districts[d];
    const DistrictView& now = view_.district(actors::DistrictIndex{static_cast<std::uint32_t>(d)});
    std::size_t locked = district.puzzles.size();
    if (viewer.is_player())
      locked = static_cast<std::size_t>(
          std::count_if(district.puzzles.begin(), district.puzzles.end(),
                        [&](PuzzleIndex p) { return !view_.status(viewer.team(), p).unlocked; }));
    json.begin_object();
    json.member("id", district.id);
    json.member("name", district.name);
    json.member("colour", district.colour);
    json.member("text", district.text);
    json.member("open", now.open);
    json.member("opened", now.ever_opened);
    json.member("puzzles", district.puzzles.size());
    json.member("puzzles_locked", locked);
    json.key("outline");
    json.json(outlines_[d]);
    json.end_object();
  }
  json.end_array();
}

namespace {

std::string_view discovery_name(config::Clue::Discovery discovery) {
  switch (discovery) {
    case config::Clue::Discovery::kAsk: return "ask";
    case config::Clue::Discovery::kCheckIn: return "check_in";
    case config::Clue::Discovery::kCode: return "code";
  }
  return "ask";
}

template <class Items>
void write_items(JsonWriter& json, std::string_view key, const Items& items, std::size_t count) {
  json.begin_array(key);
  for (std::size_t i = 0; i < std::min(items.size(), count); ++i) {
    json.begin_object();
    json.member("index", i);
    json.member("text", items[i].text);
    json.end_object();
  }
  json.end_array();
}

void write_place(JsonWriter& json, const config::Puzzle& puzzle, const PuzzleStatus& status) {
  if (puzzle.at) {
    json.key("at");
    json.json(std::string_view(PositionText(*puzzle.at)));
    if (puzzle.radius_m > 0) json.member("radius_m", puzzle.radius_m);
  }
  if (puzzle.needs_check_in) json.member("needs_check_in", true);
  if (puzzle.radius_m > 0 || !puzzle.code.empty()) json.member("checked_in", status.checked_in);
}

}  // namespace

void StateEncoder::write_puzzle(JsonWriter& json, TeamIndex team, PuzzleIndex p,
                                std::int64_t now_wall_ms) const {
  const config::Hunt& hunt = view_.hunt();
  const config::Puzzle& puzzle = hunt[p];
  const PuzzleStatus& status = view_.status(team, p);
  const std::int64_t now_hunt_ms = view_.hunt_ms(now_wall_ms);
  const bool locked_out = status.lockout_until_ms > now_hunt_ms && !status.solved;
  const std::uint32_t tries = std::max(1U, hunt.guesses.tries);
  json.begin_object();
  json.member("id", puzzle.id);
  json.member("district", hunt[puzzle.district].id);
  json.member("title", puzzle.title);
  json.member("prompt", puzzle.prompt);
  json.member("status", status.solved ? "solved" : "open");
  json.member("points_now", puzzle.points.award(view_.solves(p)));
  json.member("guesses_left", locked_out ? 0U : tries - status.wrong % tries);
  if (locked_out) {
    const TimeText until(view_.wall_of_hunt_ms(status.lockout_until_ms, now_wall_ms));
    json.member("lockout_until", std::string_view(until));
  }
  write_place(json, puzzle, status);
  write_items(json, "clues", puzzle.clues, status.clues);
  json.member("clues_total", puzzle.clues.size());
  if (status.clues < puzzle.clues.size())
    json.member("clue_next", discovery_name(puzzle.clues[status.clues].discovery));
  write_items(json, "hints", puzzle.hints, status.hints);
  json.member("hints_total", puzzle.hints.size());
  if (status.hints < puzzle.hints.size()) {
    const config::Hint& hint = puzzle.hints[status.hints];
    json.begin_object("hint_next");
    json.member("index", status.hints);
    json.member("cost", hint.cost);
    if (hint.after_ms > now_hunt_ms) {
      const TimeText at(view_.wall_of_hunt_ms(hint.after_ms, now_wall_ms));
      json.member("available_at", std::string_view(at));
    }
    json.end_object();
  }
  if (!puzzle.accessibility.empty()) json.member("accessibility", puzzle.accessibility);
  if (status.solved) {
    const Member* solver = view_.member(actors::player_of(team, status.solver_slot));
    if (solver != nullptr) json.member("solved_by", solver->name);
    json.member("points", status.points);
  }
  json.end_object();
}

void StateEncoder::write_puzzles(JsonWriter& json, TeamIndex team, const Request& filter,
                                 std::int64_t now_wall_ms) const {
  const config::Hunt& hunt = view_.hunt();
  const auto write_if_unlocked = [&](PuzzleIndex p) {
    if (view_.status(team, p).unlocked) write_puzzle(json, team, p, now_wall_ms);
  };
  json.begin_array("puzzles");
  if (!filter.puzzles.empty()) {
    for (const std::string_view id : filter.puzzles)
      if (const auto p = hunt.find_puzzle(id)) write_if_unlocked(*p);
  } else if (!filter.district.empty()) {
    if (const auto d = hunt.find_district(filter.district))
      for (const PuzzleIndex p : hunt[*d].puzzles) write_if_unlocked(p);
  } else {
    for (std::uint32_t p = 0; p < hunt.puzzles.size(); ++p) write_if_unlocked(PuzzleIndex{p});
  }
  json.end_array();
}

void StateEncoder::write_team(JsonWriter& json, TeamIndex t) const {
  const TeamView& team = view_.team(t);
  json.begin_object("team");
  json.member("id", std::string_view(PublicId(t)));
  json.member("name", team.name);
  json.member("points", team.points);
  json.member("earned", view_.earned(t));
  json.member("solved", team.solved);
  json.member("rank", view_.rank(t));
  json.member("join_code", std::string_view(team.join_code.data(), team.join_code.size()));
  json.begin_array("members");
  for (std::uint32_t slot = 0; slot < team.members.size(); ++slot) {
    if (team.members[slot].name.empty()) continue;
    json.begin_object();
    json.member("id", std::string_view(PublicId(actors::player_of(t, slot))));
    json.member("name", team.members[slot].name);
    json.member("captain", slot == 0);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void StateEncoder::write_state(JsonWriter& json, const Viewer& viewer, const Request& filter,
                               std::int64_t now_wall_ms) const {
  const bool narrowed = !filter.puzzles.empty() || !filter.district.empty();
  json.begin_object();
  json.member("at", std::string_view(TimeText(now_wall_ms)));
  write_streams(json, viewer, offsets(viewer));
  if (!narrowed) {
    write_hunt(json);
    write_districts(json, viewer);
  }
  if (viewer.is_player()) {
    write_puzzles(json, viewer.team(), filter, now_wall_ms);
    if (!narrowed) write_team(json, viewer.team());
  }
  if (!narrowed) {
    json.key("leaderboard");
    write_leaderboard(json, view_);
  }
  json.end_object();
}

std::string_view StateEncoder::state_reply(const Viewer& viewer, const Request& request,
                                           std::int64_t now_wall_ms, TextBuffer& out) const {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "reply");
  json.key("id");
  request.id.empty() ? json.null() : json.value(request.id);
  json.member("ok", true);
  json.key("data");
  write_state(json, viewer, request, now_wall_ms);
  json.end_object();
  return json.finish();
}

std::string_view StateEncoder::snapshot(const Viewer& viewer, std::string_view request_id,
                                        std::int64_t now_wall_ms, TextBuffer& out) const {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "snapshot");
  if (!request_id.empty()) json.member("id", request_id);
  json.begin_object("data");
  json.member("at", std::string_view(TimeText(now_wall_ms)));
  write_streams(json, viewer, offsets(viewer));
  json.key("state");
  write_state(json, viewer, Request{}, now_wall_ms);
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view StateEncoder::welcome(const Viewer& viewer, const Welcome& facts, std::int64_t now_wall_ms,
                                       TextBuffer& out) const {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "welcome");
  json.key("id");
  facts.request_id.empty() ? json.null() : json.value(facts.request_id);
  json.begin_object("data");
  json.member("session", facts.session);
  json.member("resume_token", facts.resume_token);
  write_streams(json, viewer, facts.offsets);
  json.member("heartbeat_ms", kHeartbeatNs / kNsPerMs);
  json.begin_object("limits");
  json.member("request_bytes_max", kRequestBytesMax);
  json.member("undecided_max", actors::kUndecidedCommandsMax);
  json.end_object();
  json.member("server_time", std::string_view(TimeText(now_wall_ms)));
  write_rehearsal(json);
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view StateEncoder::resumed(const Viewer& viewer, const Welcome& facts, TextBuffer& out) const {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "resumed");
  json.key("id");
  facts.request_id.empty() ? json.null() : json.value(facts.request_id);
  json.begin_object("data");
  write_streams(json, viewer, facts.offsets);
  json.member("resume_token", facts.resume_token);
  json.end_object();
  json.end_object();
  return json.finish();
}

}  // namespace cairn::net
