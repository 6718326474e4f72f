#include "tools/crowd/scene.hpp"

#include "tools/crowd/json_read.hpp"

namespace cairn::crowd {

namespace dom = simdjson::dom;

bool Scene::first_sight(EventLedger::Record& record, std::string_view event, std::string_view text) {
  dom::element root;
  dom::element data;
  if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS ||
      root["data"].get(data) != simdjson::SUCCESS) {
    return false;
  }
  if (event == "team_solved") see_team_solved(record, data);
  if (event == "district_opened") see_district(record, data, true);
  if (event == "district_closed") see_district(record, data, false);
  return true;
}

void Scene::see_team_solved(EventLedger::Record& record, dom::element data) {
  ++tally.team_solved_events;
  std::string_view name;
  std::string_view puzzle;
  if (data["puzzle"].get(puzzle) != simdjson::SUCCESS) return;
  auto team = team_by_name_.end();
  for (const std::string_view member : {"name", "team"}) {
    if (data[member].get(name) != simdjson::SUCCESS) continue;
    team = team_by_name_.find(std::string(name));
    if (team != team_by_name_.end()) break;
  }
  if (team == team_by_name_.end()) return;
  const auto key = static_cast<std::uint64_t>(team->second) << 16 | book.index_of(puzzle);
  if (const auto cause = solve_causes_.find(key); cause != solve_causes_.end()) {
    record.cause = Cause::guess;
    record.cause_ns = cause->second;
  }
}

void Scene::see_district(EventLedger::Record& record, dom::element data, bool opened) {
  ++(opened ? tally.districts_opened : tally.districts_closed);
  std::string_view id;
  if (data["district"].get(id) != simdjson::SUCCESS) return;
  District& district = districts[std::string(id)];
  std::string_view name;
  if (data["name"].get(name) == simdjson::SUCCESS) district.name = std::string(name);
  if (district.name.empty()) district.name = std::string(id);
  district.open = opened;
  const auto cause = opening_causes_.find(std::string(id));
  if (!opened || cause == opening_causes_.end()) return;
  record.cause = Cause::opening;
  record.cause_ns = cause->second;
  opening_causes_.erase(cause);
}

void Scene::apply_districts(const dom::element& state) {
  dom::array list;
  if (state["districts"].get(list) != simdjson::SUCCESS) return;
  for (const dom::element item : list) {
    std::string_view id;
    if (item["id"].get(id) != simdjson::SUCCESS) continue;
    const bool is_new = !districts.contains(id);
    District& district = districts[std::string(id)];
    std::string_view name;
    if (item["name"].get(name) == simdjson::SUCCESS) district.name = std::string(name);
    // Later than the first look, the events are what is believed: a state may be older than they are.
    if (is_new) read_member(item, "open", district.open);
  }
}

}  // namespace cairn::crowd
