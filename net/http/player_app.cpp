#include "net/http/player_app.hpp"

#include "net/http/names_check.hpp"
#include "net/http/status.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/protocol/public_id.hpp"

namespace cairn::net {
namespace {

using actors::Code;
using actors::Command;
using actors::CommandKind;
using actors::Reason;

// The secrets that the answer tells once.
struct JoinNotes final : ExchangeNotes {
  SecretText token;
  SecretText recovery_code;
  SecretText join_code;
};

HttpResponse bad_body(std::string_view message) { return http_error(400, "bad_request", message); }

constexpr std::string_view kNameRule = " must be 1 to 48 bytes of text.";

}  // namespace

bool PlayerApp::needs_turn(const HttpRequest& request) const {
  return request.method == HttpMethod::kPost && request.path.starts_with("/v1/");
}

std::optional<HttpResponse> PlayerApp::on_request(const HttpRequest& request, HttpExchange& exchange) {
  const bool is_teams = request.path == "/v1/teams";
  const bool is_join = request.path == "/v1/join";
  const bool is_recover = request.path == "/v1/recover";
  if (!is_teams && !is_join && !is_recover) return file(request);
  if (request.method != HttpMethod::kPost) {
    HttpResponse response = http_error(405, "bad_request", "Only POST is answered here.");
    response.allow = "POST";
    return response;
  }
  if (!request.content_type.starts_with("application/json"))
    return http_error(415, "bad_request", "The body must be application/json.");
  if (core_.read_only) return http_refusal(Code::kOverloaded, Reason::kReadOnly);
  if (core_.draining) return http_refusal(Code::kOverloaded, Reason::kNone);
  return is_teams  ? create_team(request, exchange)
         : is_join ? join(request, exchange)
                   : recover(request, exchange);
}

HttpResponse PlayerApp::file(const HttpRequest& request) const {
  if (request.path.starts_with("/v1/"))
    return http_error(404, "not_found", "There is nothing at this address.");
  if (request.method != HttpMethod::kGet && request.method != HttpMethod::kHead) {
    HttpResponse response = http_error(405, "bad_request", "Only GET and HEAD are answered here.");
    response.allow = "GET, HEAD";
    return response;
  }
  HttpResponse response;
  if (const StaticFile* found = files_.find(request.path)) {
    response.content_type = found->content_type;
    response.shared_body = found->bytes;
    response.cacheable = found->immutable;
    return response;
  }
  response.status = 404;
  response.content_type = "text/plain; charset=utf-8";
  response.body = "There is nothing at this address.\n";
  return response;
}

std::optional<HttpResponse> PlayerApp::create_team(const HttpRequest& request, HttpExchange& exchange) {
  std::array<std::string_view, 2> texts;
  constexpr std::array<std::string_view, 2> kNames = {"team_name", "player_name"};
  if (!bodies_.parse(request.body, kNames, texts))
    return bad_body("The body must be {team_name, player_name}.");
  Command command;
  command.kind = CommandKind::kCreateTeam;
  command.text = checked_name(texts[0]);
  command.name = checked_name(texts[1]);
  if (command.text.empty()) return bad_body("team_name" + std::string(kNameRule));
  if (command.name.empty()) return bad_body("player_name" + std::string(kNameRule));
  auto notes = std::make_unique<JoinNotes>();
  notes->token = core_.credentials.make_token();
  notes->recovery_code = core_.credentials.make_recovery_code();
  notes->join_code = core_.credentials.make_join_code();
  while (core_.view.find_join_code(notes->join_code)) notes->join_code = core_.credentials.make_join_code();
  std::array<char, 32> tidy{};
  command.token_hash = sha256(notes->token);
  command.recovery_hash = sha256(tidy_code(notes->recovery_code, tidy));
  command.join_code = notes->join_code;
  exchange.notes = std::move(notes);
  return submit(exchange, command);
}

std::optional<HttpResponse> PlayerApp::join(const HttpRequest& request, HttpExchange& exchange) {
  std::array<std::string_view, 2> texts;
  constexpr std::array<std::string_view, 2> kNames = {"join_code", "player_name"};
  if (!bodies_.parse(request.body, kNames, texts))
    return bad_body("The body must be {join_code, player_name}.");
  Command command;
  command.kind = CommandKind::kJoinTeam;
  command.name = checked_name(texts[1]);
  if (command.name.empty()) return bad_body("player_name" + std::string(kNameRule));
  const std::int64_t now = core_.clock.steady_ns();
  if (!core_.admission.may_authenticate(request.address, now))
    return http_refusal(Code::kRateLimited, Reason::kNone);
  std::array<char, 32> tidy{};
  const auto team = core_.view.find_join_code(tidy_code(texts[0], tidy));
  if (!team) {
    core_.admission.failed(request.address, now);
    return http_error(404, "not_found", "No team has this join code. Check it and type it again.");
  }
  command.team = *team;
  auto notes = std::make_unique<JoinNotes>();
  notes->token = core_.credentials.make_token();
  notes->recovery_code = core_.credentials.make_recovery_code();
  command.token_hash = sha256(notes->token);
  command.recovery_hash = sha256(tidy_code(notes->recovery_code, tidy));
  exchange.notes = std::move(notes);
  return submit(exchange, command);
}

std::optional<HttpResponse> PlayerApp::recover(const HttpRequest& request, HttpExchange& exchange) {
  std::array<std::string_view, 1> texts;
  constexpr std::array<std::string_view, 1> kNames = {"recovery_code"};
  if (!bodies_.parse(request.body, kNames, texts)) return bad_body("The body must be {recovery_code}.");
  const std::int64_t now = core_.clock.steady_ns();
  if (!core_.admission.may_authenticate(request.address, now))
    return http_refusal(Code::kRateLimited, Reason::kNone);
  std::array<char, 32> tidy{};
  const actors::Hash recovery_hash = sha256(tidy_code(texts[0], tidy));
  const auto player = core_.view.find_recovery(recovery_hash);
  if (!player) {
    core_.admission.failed(request.address, now);
    return http_error(404, "not_found", "Nobody has this recovery code. Check it and type it again.");
  }
  Command command;
  command.kind = CommandKind::kRecoverPlayer;
  command.player = *player;
  command.team = actors::team_of(*player);
  command.recovery_hash = recovery_hash;  // the code stays: an answer that is lost can be asked for again
  auto notes = std::make_unique<JoinNotes>();
  notes->token = core_.credentials.make_token();
  command.token_hash = sha256(notes->token);
  exchange.notes = std::move(notes);
  return submit(exchange, command);
}

std::optional<HttpResponse> PlayerApp::submit(HttpExchange& exchange, const Command& command) {
  if (exchange.submit(command)) return std::nullopt;
  exchange.notes.reset();
  return http_refusal(Code::kOverloaded, Reason::kNone);
}

HttpResponse PlayerApp::on_reply(HttpExchange& exchange, const actors::Reply& reply) {
  const std::unique_ptr<ExchangeNotes> notes = std::move(exchange.notes);
  if (reply.code != Code::kOk) return http_refusal(reply);
  const auto& secrets = static_cast<const JoinNotes&>(*notes);
  TextBuffer buffer;
  JsonWriter json(buffer);
  json.begin_object();
  json.member("token", std::string_view(secrets.token));
  if (!std::string_view(secrets.join_code).empty())
    json.member("join_code", std::string_view(secrets.join_code));
  if (!std::string_view(secrets.recovery_code).empty())
    json.member("recovery_code", std::string_view(secrets.recovery_code));
  if (reply.player != actors::kNoPlayer) {
    json.member("player", std::string_view(PublicId(reply.player)));
    json.member("team", std::string_view(PublicId(actors::team_of(reply.player))));
  }
  json.end_object();
  HttpResponse response;
  response.body = json.finish();
  return response;
}

}  // namespace cairn::net
