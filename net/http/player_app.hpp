// What players reach without a socket: the page, and making, joining and recovering.
//
// Owner: a core's gateway. Threads: its loop's. Bounds: names and codes as actors/messages/limits.hpp says;
// failed codes are counted by address.
#pragma once

#include "net/http/exchange.hpp"
#include "net/http/static_files.hpp"
#include "net/session/core_context.hpp"

namespace cairn::net {

class PlayerApp final : public HttpApp {
 public:
  PlayerApp(CoreContext& core, const StaticFiles& files) : core_(core), files_(files) {}

  [[nodiscard]] bool needs_turn(const HttpRequest& request) const override;
  [[nodiscard]] std::optional<HttpResponse> on_request(const HttpRequest& request,
                                                       HttpExchange& exchange) override;
  [[nodiscard]] HttpResponse on_reply(HttpExchange& exchange, const actors::Reply& reply) override;

 private:
  [[nodiscard]] HttpResponse file(const HttpRequest& request) const;
  std::optional<HttpResponse> create_team(const HttpRequest& request, HttpExchange& exchange);
  std::optional<HttpResponse> join(const HttpRequest& request, HttpExchange& exchange);
  std::optional<HttpResponse> recover(const HttpRequest& request, HttpExchange& exchange);
  std::optional<HttpResponse> submit(HttpExchange& exchange, const actors::Command& command);

  CoreContext& core_;
  const StaticFiles& files_;
  FlatObjectParser bodies_;
};

}  // namespace cairn::net
