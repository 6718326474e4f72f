#include "net/admin/admin_app.hpp"

#include "net/http/status.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/protocol/names.hpp"
#include "net/protocol/public_id.hpp"
#include "net/protocol/state_encoder.hpp"

namespace cairn::net {
namespace {

using actors::Code;
using actors::CommandKind;
using actors::Reason;

constexpr std::string_view kPrefix = "/v1/admin/";
// Far beyond what any solve is worth.
constexpr std::uint64_t kRescorePointsMax = 1'000'000;

HttpResponse plain(unsigned status, std::string text, std::string_view type = "text/plain; charset=utf-8") {
  HttpResponse response;
  response.status = status;
  response.content_type = type;
  response.body = std::move(text);
  return response;
}

HttpResponse only(std::string_view methods) {
  HttpResponse response = http_error(405, "bad_request", "This method is not answered here.");
  response.allow = methods;
  return response;
}

struct ActionNotes final : ExchangeNotes {
  std::string role;
  std::string action;
  std::string subject;
};

}  // namespace

struct AdminApp::Action {
  std::string_view name;
  std::string subject;  // what it is done to, for the audit log
  actors::Command command;
};

bool AdminApp::needs_turn(const HttpRequest& request) const { return request.path.starts_with(kPrefix); }

std::optional<HttpResponse> AdminApp::health(const HttpRequest& request) const {
  const bool is_ready = request.path == "/readyz";
  if (!is_ready && request.path != "/livez" && request.path != "/metrics") return std::nullopt;
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) return only("GET, HEAD");
  if (request.path == "/metrics")
    return plain(200, hooks_.metrics(), "text/plain; version=0.0.4; charset=utf-8");
  if (!is_ready) return plain(200, "ok\n");
  if (core_.read_only) return plain(503, "read-only: the journal cannot be written\n");
  if (core_.draining || !hooks_.is_ready()) return plain(503, "draining\n");
  return plain(200, "ready\n");
}

std::optional<HttpResponse> AdminApp::on_request(const HttpRequest& request, HttpExchange& exchange) {
  if (auto answer = health(request)) return answer;
  if (!request.path.starts_with(kPrefix))
    return http_error(404, "not_found", "There is nothing at this address.");
  const bool is_state = request.path == "/v1/admin/state";
  StaffRole role{};
  if (auto refusal = authorise(request, is_state ? StaffRole::kViewer : StaffRole::kOperator, role))
    return refusal;
  if (request.path == "/v1/admin/backup") return backup(request, role);
  if (!is_state) return act(request, exchange, role);
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) return only("GET, HEAD");
  return state();
}

// A role may do what the ones before it may: viewer, designer, editor, operator.
std::optional<HttpResponse> AdminApp::authorise(const HttpRequest& request, StaffRole needed,
                                                StaffRole& role) {
  const std::int64_t now = core_.clock.steady_ns();
  if (!core_.admission.may_authenticate(request.address, now))
    return http_refusal(Code::kRateLimited, Reason::kNone);
  constexpr std::string_view kBearer = "Bearer ";
  std::optional<StaffRole> found;
  if (request.authorization.starts_with(kBearer) &&
      request.authorization.size() <= kBearer.size() + kTokenBytesMax)
    found = staff_.role_of(request.authorization.substr(kBearer.size()));
  if (!found) {
    core_.admission.failed(request.address, now);
    return http_error(401, "unauthorized",
                      "Send `Authorization: Bearer` with a token of `cairn token operator`.");
  }
  if (*found < needed) return http_refusal(Code::kForbidden, Reason::kNone);
  role = *found;
  return std::nullopt;
}

bool AdminApp::parse_action(const HttpRequest& request, Action& action, HttpResponse& refusal) {
  std::string_view rest = request.path.substr(kPrefix.size());
  constexpr std::string_view kDistricts = "districts/";
  if (rest.starts_with(kDistricts)) {
    rest.remove_prefix(kDistricts.size());
    const std::size_t slash = rest.find('/');
    action.subject = rest.substr(0, slash);
    action.name = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
    action.command.kind = action.name == "open"    ? CommandKind::kOpenDistrict
                          : action.name == "close" ? CommandKind::kCloseDistrict
                                                   : CommandKind::kNone;
    const auto district = core_.hunt->find_district(action.subject);
    if (action.command.kind != CommandKind::kNone && district)
      return action.command.district = *district, true;
    refusal = http_error(404, "not_found", "There is no district of that id, or no such action.");
    return false;
  }
  action.name = rest;
  action.command.kind = rest == "announce"  ? CommandKind::kAnnounce
                        : rest == "pause"   ? CommandKind::kPauseHunt
                        : rest == "resume"  ? CommandKind::kResumeHunt
                        : rest == "end"     ? CommandKind::kEndHunt
                        : rest == "rescore" ? CommandKind::kRescore
                                            : CommandKind::kNone;
  switch (action.command.kind) {
    case CommandKind::kNone: refusal = http_error(404, "not_found", "There is no such action."); return false;
    case CommandKind::kAnnounce: return parse_announcement(request, action, refusal);
    case CommandKind::kRescore: return parse_rescore(request, action, refusal);
    default: return true;
  }
}

bool AdminApp::parse_announcement(const HttpRequest& request, Action& action, HttpResponse& refusal) {
  constexpr std::array<std::string_view, 1> kText = {"text"};
  std::array<std::string_view, 1> text;
  if (!bodies_.parse(request.body, kText, text) || text[0].empty() ||
      text[0].size() > actors::kAnnouncementBytesMax) {
    refusal = http_error(400, "bad_request", "The body must be {text}, 1 to 280 bytes.");
    return false;
  }
  action.subject = text[0];
  action.command.text = text[0];
  return true;
}

// One line of what `cairn replay --with HUNT --corrections FILE` writes.
bool AdminApp::parse_rescore(const HttpRequest& request, Action& action, HttpResponse& refusal) {
  constexpr std::array<std::string_view, 3> kTexts = {"team", "player", "puzzle"};
  constexpr std::array<std::string_view, 3> kNumbers = {"points", "guess", "rank"};
  std::array<std::string_view, 3> texts;
  std::array<std::uint64_t, 3> numbers{};
  const bool is_flat = bodies_.parse(request.body, kTexts, texts, kNumbers, numbers);
  const auto team = index_in(texts[0], 't');
  const auto player = index_in(texts[1], 'p');
  const auto puzzle = core_.hunt->find_puzzle(texts[2]);
  const auto [points, guess, rank] = numbers;
  if (!is_flat || !team || *team >= core_.view.team_count() || !player ||
      actors::team_of(actors::PlayerIndex{*player}) != actors::TeamIndex{*team} || !puzzle ||
      points > kRescorePointsMax || guess == 0 || guess > core_.view.sequence() ||
      rank > core_.hunt->teams_max) {
    refusal = http_error(
        400, "bad_request",
        "The body must be {team, player, puzzle, points, guess, rank}: ids of this hunt, and guess the "
        "sequence of an entry.");
    return false;
  }
  action.command.team = actors::TeamIndex{*team};
  action.command.player = actors::PlayerIndex{*player};
  action.command.puzzle = *puzzle;
  action.command.points = static_cast<std::int32_t>(points);
  action.command.guess = guess;
  action.command.rank = static_cast<std::uint32_t>(rank);
  action.subject.append(texts[0]).append(" ").append(texts[2]).append(" ").append(std::to_string(points));
  return true;
}

std::optional<HttpResponse> AdminApp::act(const HttpRequest& request, HttpExchange& exchange,
                                          StaffRole role) {
  Action action;
  HttpResponse refusal;
  if (!parse_action(request, action, refusal)) return refusal;
  if (request.method != HttpMethod::kPost) return only("POST");
  if (core_.read_only) return http_refusal(Code::kOverloaded, Reason::kReadOnly);
  if (!audit_.append(core_.clock.wall_ms(), name_of(role), action.name, action.subject, "asked"))
    return http_error(503, "overloaded", "The audit log cannot be written, so nothing was done.");
  auto notes = std::make_unique<ActionNotes>();
  notes->role = name_of(role);
  notes->action = action.name;
  notes->subject = action.subject;
  exchange.notes = std::move(notes);
  if (exchange.submit(action.command)) return std::nullopt;
  exchange.notes.reset();
  return http_refusal(Code::kOverloaded, Reason::kNone);
}

// POST begins one and answers at once; GET says how far it is.
HttpResponse AdminApp::backup(const HttpRequest& request, StaffRole role) {
  const bool begins = request.method == HttpMethod::kPost;
  if (!begins && request.method != HttpMethod::kGet) return only("GET, POST");
  if (begins) {
    constexpr std::array<std::string_view, 1> kTo = {"to"};
    std::array<std::string_view, 1> to;
    if (!bodies_.parse(request.body, kTo, to) || to[0].empty())
      return http_error(400, "bad_request", "The body must be {to}, a directory on the server's machine.");
    if (!audit_.append(core_.clock.wall_ms(), name_of(role), "backup", to[0], "asked"))
      return http_error(503, "overloaded", "The audit log cannot be written, so nothing was done.");
    if (const auto begun = hooks_.begin_backup(to[0]); !begun)
      return http_error(400, "bad_request", begun.error().message);
  }
  const BackupProgress progress = hooks_.backup();
  TextBuffer buffer;
  JsonWriter json(buffer);
  json.begin_object();
  json.member("running", progress.is_running);
  json.member("to", progress.to);
  json.member("entries", progress.entries);
  json.member("failure", progress.failure);
  json.end_object();
  HttpResponse response;
  response.status = begins ? 202 : 200;
  response.body = json.finish();
  return response;
}

HttpResponse AdminApp::on_reply(HttpExchange& exchange, const actors::Reply& reply) {
  const std::unique_ptr<ExchangeNotes> kept = std::move(exchange.notes);
  const auto& notes = static_cast<const ActionNotes&>(*kept);
  // The action is decided and stored: a line that cannot be written changes nothing of that.
  static_cast<void>(
      audit_.append(core_.clock.wall_ms(), notes.role, notes.action, notes.subject, name_of(reply.code)));
  if (reply.code != Code::kOk) return http_refusal(reply);
  return reply.kind == CommandKind::kRescore ? rescored(reply) : state();
}

HttpResponse AdminApp::rescored(const actors::Reply& reply) {
  TextBuffer buffer;
  JsonWriter json(buffer);
  json.begin_object();
  json.member("points_added", reply.points);
  json.end_object();
  HttpResponse response;
  response.body = json.finish();
  return response;
}

HttpResponse AdminApp::state() const {
  TextBuffer buffer;
  JsonWriter json(buffer);
  const View& view = core_.view;
  json.begin_object();
  json.member("state", name_of(view.state()));
  json.member("sequence", view.sequence());
  json.member("read_only", core_.read_only);
  json.member("rehearsal_speed", core_.clock.speed());
  json.member("teams", view.team_count());
  json.begin_array("districts");
  for (std::uint32_t d = 0; d < core_.hunt->districts.size(); ++d) {
    const config::District& district = core_.hunt->districts[d];
    json.begin_object();
    json.member("id", district.id);
    json.member("name", district.name);
    json.member("open", view.district(actors::DistrictIndex{d}).open);
    json.member("opened", view.district(actors::DistrictIndex{d}).ever_opened);
    json.end_object();
  }
  json.end_array();
  json.key("leaderboard");
  write_leaderboard(json, view);
  json.end_object();
  HttpResponse response;
  response.body = json.finish();
  return response;
}

}  // namespace cairn::net
