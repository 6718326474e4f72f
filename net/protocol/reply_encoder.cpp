#include "net/protocol/reply_encoder.hpp"

#include "net/protocol/json_writer.hpp"
#include "net/protocol/names.hpp"
#include "net/protocol/state_encoder.hpp"
#include "net/protocol/time_text.hpp"

namespace cairn::net {
namespace {

using actors::Code;
using actors::CommandKind;
using actors::Reply;

void begin_reply(JsonWriter& json, std::string_view request_id, bool ok) {
  json.begin_object();
  json.member("type", "reply");
  json.key("id");
  request_id.empty() ? json.null() : json.value(request_id);
  json.member("ok", ok);
}

void write_error(JsonWriter& json, Code code, std::string_view message, std::uint32_t retry_after_ms) {
  json.begin_object("error");
  json.member("code", name_of(code));
  json.member("message", message);
  json.member("temporary", actors::is_temporary(code));
  if (retry_after_ms > 0) json.member("retry_after_ms", retry_after_ms);
}

void write_verdict(JsonWriter& json, const config::Hunt& hunt, const Reply& reply) {
  json.member("verdict", name_of(reply.verdict));
  if (reply.verdict == actors::Verdict::kPartial && index(reply.puzzle) < hunt.puzzles.size()) {
    const auto& partials = hunt[reply.puzzle].partials;
    if (reply.item < partials.size()) json.member("text", partials[reply.item].reply);
  }
  if (reply.verdict == actors::Verdict::kCorrect || reply.verdict == actors::Verdict::kAlreadySolved)
    json.member("points", reply.points);
  json.member("guesses_left", reply.guesses_left);
  if (reply.lockout_until_ms != 0)
    json.member("lockout_until", std::string_view(TimeText(reply.lockout_until_ms)));
}

void write_item(JsonWriter& json, std::string_view key, std::uint32_t item, std::string_view text) {
  json.begin_object(key);
  json.member("index", item);
  json.member("text", text);
  json.end_object();
}

void write_data(JsonWriter& json, const config::Hunt& hunt, const Reply& reply) {
  switch (reply.kind) {
    case CommandKind::kSubmitAnswer: write_verdict(json, hunt, reply); break;
    case CommandKind::kDiscoverClue:
      if (reply.item < hunt[reply.puzzle].clues.size())
        write_item(json, "clue", reply.item, hunt[reply.puzzle].clues[reply.item].text);
      break;
    case CommandKind::kRequestHint:
      if (reply.item < hunt[reply.puzzle].hints.size())
        write_item(json, "hint", reply.item, hunt[reply.puzzle].hints[reply.item].text);
      json.member("cost", reply.cost);
      json.member("points", reply.points);
      break;
    case CommandKind::kCheckIn:
      json.member("accepted", true);
      if (reply.distance_m != actors::kNoItem) json.member("distance_m", reply.distance_m);
      break;
    default: break;
  }
}

void write_details(JsonWriter& json, const Reply& reply) {
  if (reply.lockout_until_ms == 0 && reply.distance_m == actors::kNoItem) return;
  json.begin_object("details");
  if (reply.lockout_until_ms != 0)
    json.member("lockout_until", std::string_view(TimeText(reply.lockout_until_ms)));
  if (reply.distance_m != actors::kNoItem) json.member("distance_m", reply.distance_m);
  json.end_object();
}

}  // namespace

std::string_view encode_reply(const config::Hunt& hunt, std::string_view request_id, const Reply& reply,
                              TextBuffer& out) {
  JsonWriter json(out);
  begin_reply(json, request_id, reply.code == Code::kOk);
  if (reply.code == Code::kOk) {
    json.begin_object("data");
    write_data(json, hunt, reply);
  } else {
    write_error(json, reply.code, message_of(reply.code, reply.reason), reply.retry_after_ms);
    write_details(json, reply);
  }
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view encode_error(std::string_view request_id, Code code, std::string_view message,
                              std::uint32_t retry_after_ms, TextBuffer& out) {
  JsonWriter json(out);
  begin_reply(json, request_id, false);
  write_error(json, code, message.empty() ? message_of(code, actors::Reason::kNone) : message,
              retry_after_ms);
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view encode_pong(std::string_view request_id, TextBuffer& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "pong");
  json.key("id");
  request_id.empty() ? json.null() : json.value(request_id);
  json.end_object();
  return json.finish();
}

std::string_view encode_resync_required(std::uint64_t from, std::uint64_t to, TextBuffer& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "resync_required");
  json.begin_object("data");
  json.member("stream", "hunt");
  json.member("from", from);
  json.member("to", to);
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view encode_reconnect(std::uint64_t after_ms, TextBuffer& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "reconnect");
  json.begin_object("data");
  json.member("after_ms", after_ms);
  json.end_object();
  json.end_object();
  return json.finish();
}

std::string_view encode_leaderboard(const View& view, std::uint64_t version, TextBuffer& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "notice");
  json.member("notice", "leaderboard");
  json.member("version", version);
  json.key("data");
  write_leaderboard(json, view);
  json.end_object();
  return json.finish();
}

std::string_view encode_score(const View& view, actors::TeamIndex team, std::uint64_t version,
                              TextBuffer& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "notice");
  json.member("notice", "score");
  json.member("version", version);
  json.begin_object("data");
  json.member("points", view.team(team).points);
  json.member("earned", view.earned(team));
  json.member("rank", view.rank(team));
  json.member("solved", view.team(team).solved);
  json.end_object();
  json.end_object();
  return json.finish();
}

}  // namespace cairn::net
