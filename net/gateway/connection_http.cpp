// The HTTP half of a connection: one request after the other, and the way up to a WebSocket.
#include "net/gateway/connection_http.hpp"

#include <boost/asio/bind_allocator.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <charconv>

#include "net/http/status.hpp"

namespace cairn::net {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

std::string_view to_view(boost::beast::string_view text) { return {text.data(), text.size()}; }

HttpMethod method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get: return HttpMethod::kGet;
    case http::verb::head: return HttpMethod::kHead;
    case http::verb::post: return HttpMethod::kPost;
    default: return HttpMethod::kOther;
  }
}

std::string_view phrase_of(unsigned status) {
  return to_view(http::obsolete_reason(static_cast<http::status>(status)));
}

std::string head_of(const HttpResponse& response, std::size_t body_bytes, bool keep_alive) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  const auto line = [&head](std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
  };
  head.append(phrase_of(response.status)).append("\r\n");
  line("Content-Type", response.content_type);
  line("Content-Length", std::to_string(body_bytes));
  line("Cache-Control", response.cacheable ? "public, max-age=31536000, immutable" : "no-store");
  line("X-Content-Type-Options", "nosniff");
  line("Referrer-Policy", "no-referrer");
  line("Content-Security-Policy",
       "default-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
       "form-action 'self'; frame-ancestors 'none'");
  if (!response.allow.empty()) line("Allow", response.allow);
  if (response.retry_after_s > 0) line("Retry-After", std::to_string(response.retry_after_s));
  line("Connection", keep_alive ? "keep-alive" : "close");
  return head.append("\r\n");
}

}  // namespace

void Connection::read_http() {
  http_->next_request();
  http_->waits_for_reply = http_->waits_for_turn = false;
  ++handlers_;
  http::async_read(socket_, http_->buffer, *http_->parser,
                   boost::asio::bind_allocator(HandlerAllocator<std::byte>(read_memory_.place()),
                                               [this](const error_code& error, std::size_t) {
                                                 --handlers_;
                                                 on_http_read(error);
                                               }));
}

void Connection::on_http_read(const error_code& error) {
  if (phase_ != Phase::kHttp) return;
  http_->head_only = http_->keep_alive = false;
  if (!error) {
    ++gateway_.counters_.http_requests;
    return answer_http();
  }
  if (error == http::error::header_limit)
    return respond(http_error(431, "bad_request", "The request's header is larger than 8 KiB."), false,
                   false);
  if (error == http::error::body_limit)
    return respond(http_error(413, "bad_request", "The request's body is larger than 4 KiB."), false, false);
  // Neither end of stream nor a reset is a request.
  if (error.category() != http::make_error_code(http::error::bad_method).category() ||
      error == http::error::end_of_stream || error == http::error::partial_message)
    return abort();
  respond(http_error(400, "bad_request", "This is no HTTP request that is understood here."), false, false);
}

// Called once when a request was read, and again in on_turn() if it had to wait for the turn's entries.
void Connection::answer_http() {
  const auto& message = http_->parser->get();
  http_->head_only = message.method() == http::verb::head;
  http_->keep_alive = message.keep_alive() && !gateway_.context_.draining;
  HttpRequest request;
  request.method = method_of(message.method());
  request.path = to_view(message.target());
  request.path = request.path.substr(0, request.path.find('?'));
  request.authorization = to_view(message[http::field::authorization]);
  request.content_type = to_view(message[http::field::content_type]);
  request.body = message.body();
  request.address = address_;

  if (audience_ == Audience::kPlayers && request.path == "/v1/play") return upgrade();
  HttpApp& app = gateway_.app(audience_);
  if (!http_->waits_for_turn && app.needs_turn(request)) {
    // What it asks about may be an entry that has come in, but was not folded yet.
    http_->waits_for_turn = true;
    return wants_turn();
  }
  http_->waits_for_turn = false;
  if (auto response = app.on_request(request, *this))
    return respond(*response, http_->head_only, http_->keep_alive);
  http_->waits_for_reply = true;
  deadline_ns_ = gateway_.context_.clock.steady_ns() + kHttpIdleNs;
}

bool Connection::submit(actors::Command command) {
  command.session = {gateway_.options_.core, slot_, generation_};
  command.intended_ns = gateway_.context_.clock.steady_ns();
  return gateway_.context_.commands.submit(command);
}

void Connection::respond(const HttpResponse& response, bool head_only, bool keep_alive) {
  const std::string_view body =
      response.shared_body.empty() ? std::string_view(response.body) : response.shared_body;
  out_.append(head_of(response, body.size(), keep_alive));
  if (!head_only) out_.append(body);
  ends_when_drained_ = !keep_alive;
  deadline_ns_ = gateway_.context_.clock.steady_ns() + kHttpIdleNs;
  if (!keep_alive) phase_ = Phase::kClosing;
  gateway_.mark_dirty(slot_);
  if (keep_alive) read_http();
}

void Connection::refuse() {
  HttpResponse response = http_error(503, "overloaded", "The server has as many connections as it can hold.");
  respond(response, false, false);
}

// --- the upgrade: path, Origin and subprotocol are ours to check, the rest is Beast's ---

bool Connection::origin_is_allowed(std::string_view origin, std::string_view host) const {
  if (origin.empty()) return true;  // no browser
  const std::size_t scheme = origin.find("://");
  if (scheme != std::string_view::npos && origin.substr(scheme + 3) == host) return true;
  for (const std::string& allowed : gateway_.options_.origins)
    if (origin == allowed) return true;
  return false;
}

bool Connection::may_upgrade(HttpResponse& refusal) const {
  const auto& message = http_->parser->get();
  if (!boost::beast::websocket::is_upgrade(message)) {
    refusal = http_error(426, "bad_request", "This address speaks WebSocket, subprotocol cairn.v1.json.");
  } else if (!origin_is_allowed(to_view(message[http::field::origin]), to_view(message[http::field::host]))) {
    refusal = http_error(403, "forbidden", "This page's origin may not connect here.");
  } else if (to_view(message[http::field::sec_websocket_protocol]) != "cairn.v1.json") {
    refusal = http_error(400, "bad_request", "The subprotocol must be cairn.v1.json.");
  } else if (gateway_.context_.draining) {
    refusal = http_error(503, "overloaded", "The server is shutting down. Come back in a moment.");
  } else {
    return true;
  }
  return false;
}

void Connection::upgrade() {
  HttpResponse refusal;
  if (!may_upgrade(refusal)) {
    ++gateway_.counters_.refused_handshakes;
    return respond(refusal, http_->head_only, false);
  }
  phase_ = Phase::kHandshake;
  deadline_ns_ = gateway_.context_.clock.steady_ns() + kHttpRequestWithinNs;
  accept_websocket();
}

}  // namespace cairn::net
