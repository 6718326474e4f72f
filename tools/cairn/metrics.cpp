#include "tools/cairn/metrics.hpp"

#include <array>
#include <string_view>

#include "net/admin/metrics.hpp"

namespace cairn::tools {

std::string render_metrics(House& house, const net::Gateway& gateway, std::size_t core) {
  net::MetricsText text;
  net::append_gateway_metrics(text, gateway.counters());
  const std::string of_core = "core=\"" + std::to_string(core) + "\"";
  text.begin("cairn_mailbox_depth", "Messages that wait in this core's run queues.", "gauge");
  text.sample("cairn_mailbox_depth", of_core, house.core(core).queued());
  constexpr std::array<std::string_view, bus::kPriorities> kPriorityNames{"vital", "normal", "ambient"};
  const auto by_priority = [&](std::string_view name, std::string_view help,
                               std::uint64_t bus::Pressure::Counts::*field) {
    text.begin(name, help, "counter");
    for (std::size_t p = 0; p < bus::kPriorities; ++p)
      text.sample(name, of_core + ",priority=\"" + std::string{kPriorityNames[p]} + "\"",
                  house.core(core).pressure().by_priority[p].*field);
  };
  by_priority("cairn_messages_enqueued_total", "Messages that this core sent.", &bus::Pressure::Counts::enqueued);
  by_priority("cairn_messages_delivered_total", "Messages that this core handled.", &bus::Pressure::Counts::delivered);
  by_priority("cairn_messages_merged_total", "Messages that became one with another.", &bus::Pressure::Counts::merged);
  by_priority("cairn_events_dropped_total", "Messages that were shed.", &bus::Pressure::Counts::dropped);
  const bus::JournalCounts journal = house.journal().counts();
  text.counter("cairn_journal_entries_total", "Entries committed.", journal.entries);
  text.counter("cairn_journal_events_total", "Events put into streams.", journal.events);
  text.begin("cairn_journal_commit_seconds", "Time that commits took.", "summary");
  text.sample("cairn_journal_commit_seconds_count", "", journal.commits);
  text.gauge("cairn_journal_commit_seconds_max", "The longest commit.", static_cast<double>(journal.commit_ns_max) / 1e9);
  return text.take();
}

}  // namespace cairn::tools
