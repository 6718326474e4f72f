#include "net/admin/metrics.hpp"

#include <algorithm>

namespace cairn::net {

void MetricsText::begin(std::string_view name, std::string_view help, std::string_view type) {
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
  text_.append(type).append("\n");
}

void MetricsText::sample(std::string_view name, std::string_view labels, std::uint64_t value) {
  text_.append(name);
  if (!labels.empty()) text_.append("{").append(labels).append("}");
  text_.append(" ").append(std::to_string(value)).append("\n");
}

void MetricsText::seconds(std::string_view name, std::int64_t ns) {
  text_.append(name).append(" ").append(std::to_string(static_cast<double>(ns) / 1e9)).append("\n");
}

void MetricsText::counter(std::string_view name, std::string_view help, std::uint64_t value) {
  begin(name, help, "counter");
  sample(name, {}, value);
}

void MetricsText::gauge(std::string_view name, std::string_view help, double value) {
  begin(name, help, "gauge");
  text_.append(name).append(" ").append(std::to_string(value)).append("\n");
}

void add(GatewayCounters& total, const GatewayCounters& from) {
  total.connections += from.connections;
  total.sockets += from.sockets;
  total.players += from.players;
  total.accepted += from.accepted;
  total.refused_full += from.refused_full;
  total.refused_handshakes += from.refused_handshakes;
  total.http_requests += from.http_requests;
  total.hunt_deliveries += from.hunt_deliveries;
  total.broadcasts += from.broadcasts;
  total.broadcast_slices += from.broadcast_slices;
  total.broadcast_spread_ns = std::max(total.broadcast_spread_ns, from.broadcast_spread_ns);
  total.broadcast_spread_ns_max = std::max(total.broadcast_spread_ns_max, from.broadcast_spread_ns_max);
  total.declared_skips += from.declared_skips;
  total.too_slow += from.too_slow;
  total.aborted += from.aborted;
  total.pings += from.pings;
  total.out_bytes += from.out_bytes;
  total.send.sends += from.send.sends;
  total.send.bytes += from.send.bytes;
  total.send.blocked += from.send.blocked;
  total.session.frames_in += from.session.frames_in;
  total.session.replies += from.session.replies;
  total.session.bad_frames += from.session.bad_frames;
  total.session.rate_limited += from.session.rate_limited;
  total.session.commands += from.session.commands;
  total.session.commands_parked += from.session.commands_parked;
  total.session.failed_authentications += from.session.failed_authentications;
  total.session.welcomes += from.session.welcomes;
  total.session.resumes += from.session.resumes;
  total.session.snapshots += from.session.snapshots;
  total.handler_misses.count += from.handler_misses.count;
  total.handler_misses.bytes_max = std::max(total.handler_misses.bytes_max, from.handler_misses.bytes_max);
  total.closes.add(from.closes);
}

void append_gateway_metrics(MetricsText& out, const GatewayCounters& total) {
  const auto now = [&out](std::string_view name, std::string_view help, std::uint64_t value) {
    out.gauge(name, help, static_cast<double>(value));
  };
  now("cairn_connections", "Open connections, HTTP among them.", total.connections);
  now("cairn_websockets", "Open WebSockets.", total.sockets);
  now("cairn_players_connected", "Players who are logged in.", total.players);
  now("cairn_outgoing_queue_bytes", "Bytes that wait in connections' own buffers.", total.out_bytes);
  out.gauge("cairn_broadcast_spread_seconds",
            "From the first to the last connection of the latest broadcast.",
            static_cast<double>(total.broadcast_spread_ns) / 1e9);
  out.counter("cairn_connections_accepted_total", "Connections accepted.", total.accepted);
  out.counter("cairn_connections_refused_total", "Connections refused because the server was full.",
              total.refused_full);
  out.counter("cairn_handshakes_refused_total", "WebSocket handshakes refused.", total.refused_handshakes);
  out.counter("cairn_http_requests_total", "HTTP requests.", total.http_requests);
  out.counter("cairn_frames_received_total", "Messages received.", total.session.frames_in);
  out.counter("cairn_replies_total", "Replies sent.", total.session.replies);
  out.counter("cairn_commands_total", "Commands submitted.", total.session.commands);
  out.counter("cairn_commands_parked_total", "Commands that found no place in their ring at once.",
              total.session.commands_parked);
  out.counter("cairn_bad_frames_total", "Messages that were refused for their shape.",
              total.session.bad_frames);
  out.counter("cairn_rate_limited_total", "Requests refused because there were too many.",
              total.session.rate_limited);
  out.counter("cairn_failed_authentications_total", "Tokens and codes that nobody has.",
              total.session.failed_authentications);
  out.counter("cairn_snapshots_total", "Snapshots sent.", total.session.snapshots);
  out.counter("cairn_hunt_deliveries_total", "Events of the stream hunt delivered to connections.",
              total.hunt_deliveries);
  out.counter("cairn_declared_skips_total", "Connections that were told resync_required.",
              total.declared_skips);
  out.counter("cairn_sends_total", "Calls of sendmsg.", total.send.sends);
  out.counter("cairn_sent_bytes_total", "Bytes sent.", total.send.bytes);
  out.counter("cairn_sends_blocked_total", "Sends that filled the kernel's buffer.", total.send.blocked);
  out.counter("cairn_handler_allocations_total", "Socket operations that took memory from the heap.",
              total.handler_misses.count);
  out.begin("cairn_disconnects_total", "Connections closed by us or by the peer, by close code.", "counter");
  for (std::size_t i = 0; i < CloseCounts::kCodes.size(); ++i)
    out.sample("cairn_disconnects_total", "code=\"" + std::to_string(CloseCounts::kCodes[i]) + "\"",
               total.closes.at(i));
  out.sample("cairn_disconnects_total", "code=\"other\"", total.closes.other());
}

}  // namespace cairn::net
