#include "tools/crowd/report.hpp"

#include <array>
#include <cstdio>

#include "tools/crowd/json_text.hpp"
#include "tools/crowd/live_view.hpp"
#include "tools/crowd/request.hpp"

namespace cairn::crowd {
namespace {

void put_percentiles(JsonWriter& json, std::string_view name, const Histogram& histogram) {
  const Percentiles figures = histogram.percentiles();
  json.key(name).open_object();
  json.key("p50").number(figures.p50).key("p90").number(figures.p90).key("p99").number(figures.p99);
  json.key("p99_9").number(figures.p99_9).key("max").number(figures.max).close_object();
}

double deliveries_per_second(const Tally& tally) {
  return tally.play_seconds > 0 ? static_cast<double>(tally.events_in_play) / tally.play_seconds : 0;
}

// A line of the summary: a name and what follows it, padded so that the columns stand.
template <class... Values>
void put(std::string& out, const char* name, const char* pattern, Values... values) {
  std::array<char, 400> text{};
  const int start = std::snprintf(text.data(), text.size(), "  %-16s ", name);
  std::snprintf(text.data() + start, text.size() - static_cast<std::size_t>(start), pattern, values...);
  out += text.data();
  out += '\n';
}

unsigned long long wide(std::uint64_t value) { return value; }

void put_latency(std::string& out, const char* name, const Histogram& histogram) {
  if (histogram.count() == 0) return;
  const Percentiles figures = histogram.percentiles();
  put(out, name, "p50 %s, p90 %s, p99 %s, p99.9 %s, max %s", duration_text(figures.p50).c_str(),
      duration_text(figures.p90).c_str(), duration_text(figures.p99).c_str(),
      duration_text(figures.p99_9).c_str(), duration_text(figures.max).c_str());
}

bool kept_promises(const Outcome& outcome) {
  const Tally& tally = outcome.tally;
  return tally.acknowledged_lost == 0 && tally.acknowledged_unverified == 0 && tally.faults.gaps == 0 &&
         tally.faults.duplicates == 0 && tally.faults.order_errors == 0 && outcome.identity_errors == 0;
}

bool spoke_truly(const Tally& tally) {
  return tally.verdict_errors == 0 && tally.unmatched_replies == 0 && tally.inconsistent_replies == 0 &&
         tally.unexpected_errors == 0 && tally.malformed_messages == 0 && tally.unanswered == 0 &&
         tally.solves_untold == 0 && tally.unexpected_closes == 0 && tally.resumes_refused == 0 &&
         tally.verdicts[static_cast<std::size_t>(Verdict::unknown)] == 0;
}

}  // namespace

std::string_view profile_text(Profile profile) {
  switch (profile) {
    case Profile::steady: return "steady";
    case Profile::openings: return "openings";
    case Profile::rush: return "rush";
    case Profile::storm: break;
  }
  return "storm";
}

std::string report_json(const Outcome& outcome) {
  const Tally& tally = outcome.tally;
  JsonWriter json;
  json.open_object();
  json.key("profile").string(profile_text(outcome.options.profile)).key("seed").number(outcome.options.seed);
  json.key("players").number(outcome.options.players).key("teams").number(outcome.teams);
  json.key("connected").number(tally.connected_at_start).key("connected_at_end").number(tally.connected);
  json.key("seconds").real(tally.play_seconds);
  json.key("requests").number(tally.requests).key("requests_resent").number(tally.requests_resent);
  json.key("replies")
      .number(tally.replies)
      .key("guesses")
      .number(tally.guesses)
      .key("solves")
      .number(tally.solves);
  json.key("verdicts").open_object();
  for (std::size_t at = 0; at < kVerdictCount; ++at) {
    json.key(verdict_text(static_cast<Verdict>(at))).number(tally.verdicts[at]);
  }
  json.close_object().key("errors").open_object();
  for (const auto& [code, count] : tally.errors) json.key(code.empty() ? "none" : code).number(count);
  json.close_object().key("close_codes").open_object();
  for (const auto& [code, count] : tally.close_codes) json.key(std::to_string(code)).number(count);
  json.close_object();
  json.key("acknowledged")
      .number(tally.acknowledged)
      .key("acknowledged_lost")
      .number(tally.acknowledged_lost);
  json.key("acknowledged_unverified").number(tally.acknowledged_unverified);
  json.key("events_received").number(tally.events_received);
  json.key("notices_received").number(tally.notices_received);
  json.key("deliveries_per_second").real(deliveries_per_second(tally));
  json.key("team_solved_events").number(tally.team_solved_events);
  json.key("stream_gaps").number(tally.faults.gaps).key("stream_duplicates").number(tally.faults.duplicates);
  json.key("stream_order_errors").number(tally.faults.order_errors);
  json.key("identity_errors").number(outcome.identity_errors);
  json.key("declared_skips").number(tally.declared_skips).key("epoch_changes").number(tally.epoch_changes);
  json.key("unexpected_closes").number(tally.unexpected_closes).key("slow_closes").number(tally.slow_closes);
  json.key("reconnects").number(tally.reconnects).key("resumes_refused").number(tally.resumes_refused);
  json.key("connects_failed").number(tally.connects_failed);
  json.key("verdict_errors").number(tally.verdict_errors);
  json.key("unmatched_replies").number(tally.unmatched_replies);
  json.key("inconsistent_replies").number(tally.inconsistent_replies);
  json.key("unexpected_errors").number(tally.unexpected_errors);
  json.key("malformed_messages").number(tally.malformed_messages);
  json.key("unanswered").number(tally.unanswered).key("solves_untold").number(tally.solves_untold);
  json.key("shed").number(tally.shed).key("unplaced").number(tally.unplaced);
  json.key("openings").number(tally.districts_opened).key("closings").number(tally.districts_closed);
  json.key("openings_asked").number(outcome.openings_asked);
  json.key("openings_refused").number(outcome.openings_refused);
  json.key("rush_triggers").number(outcome.rush_triggers);
  put_percentiles(json, "reply_us", tally.reply_us);
  put_percentiles(json, "event_delay_us", tally.event_delay_us);
  put_percentiles(json, "event_spread_us", tally.event_spread_us);
  put_percentiles(json, "opening_delay_us", tally.opening_delay_us);
  json.key("crowd_cpu_seconds").real(tally.crowd_cpu_seconds);
  if (tally.server_found) {
    json.key("server_rss_bytes").number(tally.server_rss_bytes);
    json.key("server_cpu_seconds").real(tally.server_cpu_seconds);
  } else {
    json.key("server_rss_bytes").raw("null").key("server_cpu_seconds").raw("null");
  }
  json.key("passed").boolean(exit_code_of(outcome) == 0);
  return json.close_object().text();
}

std::string report_summary(const Outcome& outcome) {
  const Tally& tally = outcome.tally;
  std::string out = "cairn load: ";
  out += profile_text(outcome.options.profile);
  out += exit_code_of(outcome) == 0 ? ", all that was checked holds\n" : ", NOT everything holds\n";
  put(out, "players", "%llu of %u connected, %llu teams, %.1f s of play", wide(tally.connected_at_start),
      outcome.options.players, wide(outcome.teams), tally.play_seconds);
  put(out, "deliveries", "%.0f/s, %llu events in all, %llu notices", deliveries_per_second(tally),
      wide(tally.events_received), wide(tally.notices_received));
  put(out, "guesses",
      "%llu: %llu correct, %llu partial, %llu incorrect, %llu tried before, %llu solved before",
      wide(tally.guesses), wide(tally.verdicts[0]), wide(tally.verdicts[1]), wide(tally.verdicts[2]),
      wide(tally.verdicts[3]), wide(tally.verdicts[4]));
  put(out, "districts", "%llu opened, %llu closed", wide(tally.districts_opened),
      wide(tally.districts_closed));
  put_latency(out, "reply", tally.reply_us);
  put_latency(out, "event delay", tally.event_delay_us);
  put_latency(out, "event spread", tally.event_spread_us);
  put_latency(out, "opening delay", tally.opening_delay_us);
  put(out, "acknowledged", "%llu effects, %llu lost, %llu not verified", wide(tally.acknowledged),
      wide(tally.acknowledged_lost), wide(tally.acknowledged_unverified));
  put(out, "streams",
      "%llu gaps, %llu duplicates, %llu order errors, %llu byte differences, %llu declared skips",
      wide(tally.faults.gaps), wide(tally.faults.duplicates), wide(tally.faults.order_errors),
      wide(outcome.identity_errors), wide(tally.declared_skips));
  put(out, "connections",
      "%llu resumed, %llu resumes refused, %llu closed unexpectedly, %llu slow ones closed",
      wide(tally.reconnects), wide(tally.resumes_refused), wide(tally.unexpected_closes),
      wide(tally.slow_closes));
  put(out, "replies", "%llu wrong verdicts, %llu inconsistent, %llu unmatched, %llu missing, %llu shed",
      wide(tally.verdict_errors), wide(tally.inconsistent_replies), wide(tally.unmatched_replies),
      wide(tally.unanswered), wide(tally.shed));
  for (const auto& [code, count] : tally.errors) put(out, "error", "%s %llu", code.c_str(), wide(count));
  if (tally.unexpected_errors + tally.malformed_messages + tally.solves_untold > 0) {
    put(out, "also", "%llu unexpected errors, %llu malformed messages, %llu solves not told to their team",
        wide(tally.unexpected_errors), wide(tally.malformed_messages), wide(tally.solves_untold));
  }
  if (tally.server_found) {
    put(out, "server", "%.1f MiB, %.1f s of processor (%.0f %% of a core)",
        static_cast<double>(tally.server_rss_bytes) / 1048576.0, tally.server_cpu_seconds,
        tally.play_seconds > 0 ? tally.server_cpu_seconds / tally.play_seconds * 100 : 0.0);
  }
  put(out, "crowd", "%.1f s of processor (%.0f %% of a core)", tally.crowd_cpu_seconds,
      tally.play_seconds > 0 ? tally.crowd_cpu_seconds / tally.play_seconds * 100 : 0.0);
  return out;
}

int exit_code_of(const Outcome& outcome) {
  const bool all_there = outcome.tally.connected_at_start >= outcome.options.players;
  if (!all_there || !kept_promises(outcome)) return 1;
  return outcome.options.strict && !spoke_truly(outcome.tally) ? 1 : 0;
}

}  // namespace cairn::crowd
