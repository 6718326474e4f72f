// One request between its arrival and its answer, where an answer needs an actor's decision first.
//
// Owner: an HTTP connection; one at a time. Threads: its core's loop.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "actors/messages/command.hpp"
#include "net/http/message.hpp"

namespace cairn::net {

// What an interface keeps until the reply comes; its own type.
struct ExchangeNotes {
  virtual ~ExchangeNotes() = default;
};

class HttpExchange {
 public:
  virtual ~HttpExchange() = default;
  // False: the ring is full, or nothing can be stored. The command's session is set by the exchange.
  [[nodiscard]] virtual bool submit(actors::Command command) = 0;

  std::unique_ptr<ExchangeNotes> notes;
};

// What answers the requests of one listener.
class HttpApp {
 public:
  virtual ~HttpApp() = default;
  // Whether the request must wait for on_turn(), when all entries before it were folded.
  [[nodiscard]] virtual bool needs_turn(const HttpRequest& request) const = 0;
  // Nothing: a command was submitted, and on_reply() will answer.
  [[nodiscard]] virtual std::optional<HttpResponse> on_request(const HttpRequest& request,
                                                               HttpExchange& exchange) = 0;
  [[nodiscard]] virtual HttpResponse on_reply(HttpExchange& exchange, const actors::Reply& reply) = 0;
};

}  // namespace cairn::net
