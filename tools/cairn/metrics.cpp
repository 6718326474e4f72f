#include "tools/cairn/metrics.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

#include "net/admin/metrics.hpp"

namespace cairn::tools {

namespace {

std::string of_core(std::size_t core) { return "core=\"" + std::to_string(core) + "\""; }

template <class Value>
void per_core(net::MetricsText& text, std::span<const CoreFigures> cores, std::string_view name,
              std::string_view help, std::string_view type, Value&& value) {
  text.begin(name, help, type);
  for (std::size_t core = 0; core < cores.size(); ++core)
    text.sample(name, of_core(core), value(cores[core]));
}

void append_pressure(net::MetricsText& text, std::span<const CoreFigures> cores) {
  constexpr std::array<std::string_view, bus::kPriorities> kPriorityNames{"vital", "normal", "ambient"};
  const auto label = [&](std::size_t p) { return "priority=\"" + std::string{kPriorityNames[p]} + "\""; };
  bus::Pressure sum;
  for (const CoreFigures& core : cores) sum += core.pressure;
  const auto by_priority = [&](std::string_view name, std::string_view help,
                               std::uint64_t bus::Pressure::Counts::*field) {
    text.begin(name, help, "counter");
    for (std::size_t p = 0; p < bus::kPriorities; ++p) text.sample(name, label(p), sum.by_priority[p].*field);
  };
  by_priority("cairn_messages_enqueued_total", "Messages that cores sent.", &bus::Pressure::Counts::enqueued);
  by_priority("cairn_messages_delivered_total", "Messages that cores handled.",
              &bus::Pressure::Counts::delivered);
  by_priority("cairn_messages_merged_total", "Messages that became one with another.",
              &bus::Pressure::Counts::merged);
  by_priority("cairn_events_dropped_total", "Messages that were shed.", &bus::Pressure::Counts::dropped);
  text.begin("cairn_messages_queued",
             "Sent and neither handled, merged nor shed; cores are looked at a moment apart.", "gauge");
  for (std::size_t p = 0; p < bus::kPriorities; ++p) {
    const auto queued = static_cast<std::int64_t>(sum.by_priority[p].queued());
    text.sample("cairn_messages_queued", label(p),
                static_cast<std::uint64_t>(std::max<std::int64_t>(0, queued)));
  }
}

void append_journal(net::MetricsText& text, const bus::JournalCounts& journal) {
  text.counter("cairn_journal_entries_total", "Entries committed.", journal.entries);
  text.counter("cairn_journal_events_total", "Events put into streams.", journal.events);
  text.begin("cairn_journal_commit_seconds", "Time that commits took.", "summary");
  text.seconds("cairn_journal_commit_seconds_sum", journal.commit_ns_total);
  text.sample("cairn_journal_commit_seconds_count", "", journal.commits);
  text.gauge("cairn_journal_commit_seconds_max", "The longest commit.",
             static_cast<double>(journal.commit_ns_max) / 1e9);
}

void append_archive(net::MetricsText& text, const ArchiveFigures& archive) {
  text.gauge("cairn_checkpoint_sequence", "The entry that the newest checkpoint stands for.",
             static_cast<double>(archive.checkpoint_sequence));
  text.gauge("cairn_checkpoint_bytes", "Size of the checkpoint made last.",
             static_cast<double>(archive.checkpoint_bytes));
  text.gauge("cairn_checkpoint_seconds", "Time that it took, beside the game.",
             static_cast<double>(archive.checkpoint_ns) / 1e9);
  text.counter("cairn_checkpoints_failed_total", "Checkpoints that could not be made.",
               archive.checkpoints_failed);
  text.gauge("cairn_journal_unproved_entries",
             "Entries that the start has trusted and nobody has proved since.",
             static_cast<double>(archive.unproved));
  text.gauge("cairn_journal_damaged", "1 when an entry turned out to be damaged; the hunt is read-only then.",
             archive.is_damaged ? 1 : 0);
}

// "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345": microseconds in which somebody waited for a processor.
void append_processor_pressure(net::MetricsText& text) {
  std::ifstream file{"/proc/pressure/cpu"};
  std::string word;
  while (file >> word)
    if (word.starts_with("total=")) {
      text.begin("cairn_cpu_pressure_seconds_total",
                 "Time in which a thread of this machine waited for a processor.", "counter");
      return text.seconds("cairn_cpu_pressure_seconds_total", std::stoll(word.substr(6)) * 1'000);
    }
}

}  // namespace

std::string render_metrics(std::span<const CoreFigures> cores, const bus::JournalCounts& journal,
                           const ArchiveFigures& archive, std::uint32_t speed) {
  net::MetricsText text;
  text.gauge("cairn_rehearsal_speed", "How many times as fast as time a rehearsal goes; 1: this is the hunt.",
             speed);
  net::GatewayCounters gateways;
  for (const CoreFigures& core : cores) net::add(gateways, core.gateway);
  net::append_gateway_metrics(text, gateways);
  per_core(text, cores, "cairn_mailbox_depth", "Messages that wait in this core's run queues.", "gauge",
           [](const CoreFigures& core) { return core.queued; });
  per_core(text, cores, "cairn_core_crowded",
           "1 while this core parks at once, for want of a processor of its own.", "gauge",
           [](const CoreFigures& core) { return core.is_crowded ? 1U : 0U; });
  per_core(text, cores, "cairn_core_lost_microseconds_total",
           "Time in which this core was awake and had no processor.", "counter",
           [](const CoreFigures& core) { return static_cast<std::uint64_t>(core.lost_ns / 1'000); });
  append_pressure(text, cores);
  append_journal(text, journal);
  append_archive(text, archive);
  text.begin("cairn_allocated_bytes_total", "Bytes that a thread has taken from the heap.", "counter");
  for (std::size_t core = 0; core < cores.size(); ++core)
    text.sample("cairn_allocated_bytes_total", "thread=\"core-" + std::to_string(core) + "\"",
                cores[core].allocated_bytes);
  text.sample("cairn_allocated_bytes_total", "thread=\"journal\"", journal.allocated_bytes);
  append_processor_pressure(text);
  return text.take();
}

}  // namespace cairn::tools
