// What operators reach: health, metrics, and the few things that they may do to a hunt. It stands on a
// listener of its own, on the loopback unless the operator says otherwise.
//
// Owner: the program. Threads: the loop of the core whose gateway serves the listener. Every action is in the
// audit log before it is submitted, and its outcome behind it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bus/result.hpp"
#include "net/admin/audit_log.hpp"
#include "net/admin/backup_progress.hpp"
#include "net/admin/staff_tokens.hpp"
#include "net/http/exchange.hpp"
#include "net/session/core_context.hpp"

namespace cairn::net {

struct AdminHooks {
  std::function<bool()> is_ready;        // false while draining; read-only is known here
  std::function<std::string()> metrics;  // Prometheus text
  // Begins a copy of the data directory at a place on the server's machine; an error says why not. It goes on meanwhile.
  std::function<Result<void>(std::string_view to)> begin_backup;
  std::function<BackupProgress()> backup;
};

class AdminApp final : public HttpApp {
 public:
  AdminApp(CoreContext& core, StaffTokens& staff, AuditLog& audit, AdminHooks hooks)
      : core_(core), staff_(staff), audit_(audit), hooks_(std::move(hooks)) {}

  [[nodiscard]] bool needs_turn(const HttpRequest& request) const override;
  [[nodiscard]] std::optional<HttpResponse> on_request(const HttpRequest& request,
                                                       HttpExchange& exchange) override;
  [[nodiscard]] HttpResponse on_reply(HttpExchange& exchange, const actors::Reply& reply) override;

 private:
  struct Action;
  std::optional<HttpResponse> health(const HttpRequest& request) const;
  std::optional<HttpResponse> authorise(const HttpRequest& request, StaffRole needed, StaffRole& role);
  [[nodiscard]] bool parse_action(const HttpRequest& request, Action& action, HttpResponse& refusal);
  [[nodiscard]] bool parse_announcement(const HttpRequest& request, Action& action, HttpResponse& refusal);
  [[nodiscard]] bool parse_rescore(const HttpRequest& request, Action& action, HttpResponse& refusal);
  std::optional<HttpResponse> act(const HttpRequest& request, HttpExchange& exchange, StaffRole role);
  [[nodiscard]] HttpResponse state() const;
  [[nodiscard]] static HttpResponse rescored(const actors::Reply& reply);
  [[nodiscard]] HttpResponse backup(const HttpRequest& request, StaffRole role);

  CoreContext& core_;
  StaffTokens& staff_;
  AuditLog& audit_;
  AdminHooks hooks_;
  FlatObjectParser bodies_;
};

}  // namespace cairn::net
