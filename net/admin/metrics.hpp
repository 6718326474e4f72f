// Figures as Prometheus reads them: the text format 0.0.4, units in the names, never a team or player.
//
// Owner: one answer. Threads: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/gateway/counters.hpp"

namespace cairn::net {

class MetricsText {
 public:
  void counter(std::string_view name, std::string_view help, std::uint64_t value);
  void gauge(std::string_view name, std::string_view help, double value);
  // One line more of the metric that was begun last: labels as {code="4008"} has them, without the braces.
  void begin(std::string_view name, std::string_view help, std::string_view type);
  void sample(std::string_view name, std::string_view labels, std::uint64_t value);
  // The same for a time, without labels.
  void seconds(std::string_view name, std::int64_t ns);
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Sums over cores; of spreads the longest.
void add(GatewayCounters& total, const GatewayCounters& from);
void append_gateway_metrics(MetricsText& out, const GatewayCounters& total);

}  // namespace cairn::net
