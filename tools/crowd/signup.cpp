#include "tools/crowd/signup.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "tools/crowd/json_text.hpp"
#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {
namespace {

namespace dom = simdjson::dom;

// A server may keep its teams from one run to the next, so names must differ between runs whatever the seed.
std::string run_tag() {
  const auto seconds = std::chrono::system_clock::now().time_since_epoch() / std::chrono::seconds(1);
  char text[16];
  std::snprintf(text, sizeof text, "%05x",
                static_cast<unsigned>(
                    mix64(static_cast<std::uint64_t>(seconds) << 20 ^ static_cast<std::uint64_t>(getpid())) &
                    0xfffffU));
  return text;
}

std::string player_name(std::uint32_t player) {
  constexpr std::array<std::string_view, 16> kNames = {"Ada",  "Bo",   "Cleo", "Dara", "Eli", "Fenna",
                                                       "Gus",  "Hana", "Ivo",  "Juno", "Kai", "Lena",
                                                       "Milo", "Nora", "Oda",  "Pim"};
  return std::string(kNames[player % kNames.size()]) + " " + std::to_string(player);
}

std::string short_text(std::string_view text) { return std::string(text.substr(0, 200)); }

}  // namespace

std::string team_name(std::uint32_t team, std::string_view tag) {
  constexpr std::array<std::string_view, 8> kColours = {"Amber", "Blue",  "Coral", "Grey",
                                                        "Ivory", "Olive", "Rusty", "Silver"};
  constexpr std::array<std::string_view, 8> kBirds = {"Gulls",  "Herons",  "Terns",   "Coots",
                                                      "Egrets", "Plovers", "Puffins", "Swifts"};
  std::string name(kColours[team % kColours.size()]);
  name += ' ';
  name += kBirds[team / kColours.size() % kBirds.size()];
  name += ' ';
  name += std::to_string(team);
  name += ' ';
  name += tag;
  return name;
}

Signup::Signup(Scene& scene, std::vector<std::unique_ptr<Player>>& players)
    : scene_(scene), players_(players) {
  for (std::size_t at = 0; at < kClients; ++at) {
    clients_.push_back(std::make_unique<HttpClient>(scene.loop, scene.address, ""));
  }
}

HttpClient& Signup::client() { return *clients_[next_client_++ % kClients]; }

void Signup::start() {
  const std::string tag = run_tag();
  for (std::uint32_t team = 0; team < scene_.teams.size(); ++team) {
    scene_.teams[team].name = team_name(team, tag);
    scene_.name_team(scene_.teams[team].name, team);
    found_team(team, 0);
  }
}

void Signup::found_team(std::uint32_t team, unsigned attempt) {
  const Team& founded = scene_.teams[team];
  JsonWriter json;
  json.open_object().key("team_name").string(founded.name);
  json.key("player_name").string(player_name(founded.members.front())).close_object();
  client().post("/v1/teams", json.text(),
                [this, team, attempt](const HttpAnswer& answer) { on_founded(team, answer, attempt); });
}

void Signup::join_team(std::uint32_t player, unsigned attempt) {
  JsonWriter json;
  json.open_object().key("join_code").string(scene_.teams[players_[player]->team()].join_code);
  json.key("player_name").string(player_name(player)).close_object();
  client().post("/v1/join", json.text(),
                [this, player, attempt](const HttpAnswer& answer) { on_joined(player, answer, attempt); });
}

bool Signup::read_token(std::uint32_t player, const HttpAnswer& answer, std::string& join_code) {
  if (answer.status < 200 || answer.status > 299) return false;
  dom::element root;
  std::string_view token;
  if (scene_.parser.parse(answer.body).get(root) != simdjson::SUCCESS ||
      root["token"].get(token) != simdjson::SUCCESS || token.empty()) {
    return false;
  }
  std::string_view code;
  if (root["join_code"].get(code) == simdjson::SUCCESS) join_code = std::string(code);
  players_[player]->set_token(std::string(token));
  ++joined_;
  return true;
}

void Signup::on_founded(std::uint32_t team, const HttpAnswer& answer, unsigned attempt) {
  Team& founded = scene_.teams[team];
  if (!read_token(founded.members.front(), answer, founded.join_code)) {
    return again(attempt, answer, [this, team, attempt] { found_team(team, attempt + 1); });
  }
  if (founded.join_code.empty() && founded.members.size() > 1) {
    failure_ = "POST /v1/teams answered without a join_code: " + short_text(answer.body);
    return;
  }
  for (std::size_t at = 1; at < founded.members.size(); ++at) join_team(founded.members[at], 0);
}

void Signup::on_joined(std::uint32_t player, const HttpAnswer& answer, unsigned attempt) {
  std::string join_code;
  if (read_token(player, answer, join_code)) return;
  again(attempt, answer, [this, player, attempt] { join_team(player, attempt + 1); });
}

void Signup::again(unsigned attempt, const HttpAnswer& answer, Timers::Call call) {
  const bool worth_it = answer.status == 0 || answer.status == 429 || answer.status >= 500;
  if (!worth_it || attempt >= kAttemptsMax) {
    if (!failure_.empty()) return;
    failure_ = answer.status == 0
                   ? "nobody answers at " + scene_.address.host_header + "; is `cairn serve` running there?"
                   : "joining was refused with HTTP " + std::to_string(answer.status) + ": " +
                         short_text(answer.body);
    return;
  }
  const std::uint64_t wait_ms = 100 + scene_.chance.below(400ULL << (attempt < 3 ? attempt : 3));
  scene_.timers.at(now_ns() + wait_ms * kNsPerMs, std::move(call));
}

}  // namespace cairn::crowd
