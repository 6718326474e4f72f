// Of a gateway what a start fills: the view.
//
// Owner: a run. Threads: its core's loop. Bounds: the view's.
#pragma once

#include <memory>

#include "actors/messages/port.hpp"
#include "net/view/view.hpp"

namespace cairn::bench {

class ViewOnly : public actors::GatewayPort {
 public:
  explicit ViewOnly(const std::shared_ptr<const config::Hunt>& hunt) : view_(hunt) {}
  void on_entry(const actors::Entry& entry) override { view_.fold(entry); }
  void save(actors::StateWriter& out) const override { view_.save(out); }
  void load(actors::StateReader& in) override { view_.load(in); }
  void on_reply(const actors::SessionRef& /*session*/, std::string_view /*request_id*/,
                const actors::Reply& /*reply*/) override {}
  void on_notice(const actors::Notice& /*notice*/) override {}
  void on_published(std::uint64_t /*sequence*/) override {}
  void on_replaced(actors::PlayerIndex /*player*/, std::uint64_t /*generation*/) override {}
  void on_read_only() override {}
  bool on_turn() override { return false; }

 private:
  net::View view_;
};

}  // namespace cairn::bench
