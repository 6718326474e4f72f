#include "net/http/status.hpp"

#include "net/protocol/json_writer.hpp"
#include "net/protocol/names.hpp"

namespace cairn::net {

using actors::Code;

unsigned http_status_of(Code code, actors::Reason reason) {
  if (reason == actors::Reason::kNameTaken || reason == actors::Reason::kAlreadySo ||
      reason == actors::Reason::kHuntFull)
    return 409;
  switch (code) {
    case Code::kOk: return 200;
    case Code::kBadRequest: return 400;
    case Code::kUnauthorized: return 401;
    case Code::kForbidden:
    case Code::kNotCaptain: return 403;
    case Code::kNotFound: return 404;
    case Code::kRateLimited: return 429;
    case Code::kOverloaded: return 503;
    case Code::kInternal:
    case Code::kScriptError: return 500;
    default: return 409;
  }
}

HttpResponse http_error(unsigned status, std::string_view code, std::string_view message) {
  TextBuffer buffer;
  JsonWriter json(buffer);
  json.begin_object();
  json.begin_object("error");
  json.member("code", code);
  json.member("message", message);
  json.member("temporary", status == 429 || status >= 500);
  json.end_object();
  json.end_object();
  HttpResponse response;
  response.status = status;
  response.body = json.finish();
  if (status == 429 || status == 503) response.retry_after_s = 2;
  return response;
}

HttpResponse http_refusal(Code code, actors::Reason reason) {
  return http_error(http_status_of(code, reason), name_of(code), message_of(code, reason));
}

HttpResponse http_refusal(const actors::Reply& reply) { return http_refusal(reply.code, reply.reason); }

}  // namespace cairn::net
