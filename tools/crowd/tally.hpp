// Everything the crowd counts and measures in one run.
//
// Owner: the crowd. Threads: one. Bounds: six histograms of 34 KiB, and one count for each error code.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "tools/crowd/histogram.hpp"
#include "tools/crowd/stream_check.hpp"

namespace cairn::crowd {

enum class Verdict : std::uint8_t { correct, partial, incorrect, already_tried, already_solved, unknown };
inline constexpr std::size_t kVerdictCount = 6;

struct Tally {
  // Connections.
  std::uint64_t connected = 0;  // now
  std::uint64_t connected_at_start = 0;
  std::uint64_t unexpected_closes = 0;
  std::uint64_t slow_closes = 0;  // of clients that stopped reading, on purpose
  std::uint64_t reconnects = 0;   // all resumes that were answered
  std::uint64_t resumes_refused = 0;
  std::uint64_t connects_failed = 0;
  std::map<std::uint16_t, std::uint64_t> close_codes;

  // What was asked and answered.
  std::uint64_t requests = 0;
  std::uint64_t requests_resent = 0;
  std::uint64_t replies = 0;
  std::uint64_t guesses = 0;
  std::uint64_t solves = 0;    // acknowledged as correct
  std::uint64_t unplaced = 0;  // intents for which no player had anything to do
  std::uint64_t shed = 0;      // told to come back later: overloaded, rate_limited
  std::array<std::uint64_t, kVerdictCount> verdicts{};
  std::map<std::string, std::uint64_t> errors;

  // What the server was caught at.
  StreamFaults faults;
  std::uint64_t verdict_errors = 0;
  std::uint64_t unmatched_replies = 0;
  std::uint64_t inconsistent_replies = 0;  // the same request id, answered differently
  std::uint64_t unexpected_errors = 0;     // an error code that a proper request should not meet
  std::uint64_t malformed_messages = 0;
  std::uint64_t unanswered = 0;  // at the end

  // Promises, checked at the end.
  std::uint64_t acknowledged = 0;
  std::uint64_t acknowledged_lost = 0;
  std::uint64_t acknowledged_unverified = 0;
  std::uint64_t solves_untold = 0;

  // What came.
  std::uint64_t events_received = 0;
  std::uint64_t notices_received = 0;
  std::uint64_t declared_skips = 0;
  std::uint64_t epoch_changes = 0;
  std::uint64_t districts_opened = 0;  // distinct district_opened events
  std::uint64_t districts_closed = 0;
  std::uint64_t team_solved_events = 0;
  Histogram reply_us;
  Histogram event_delay_us;
  Histogram opening_delay_us;
  Histogram event_spread_us;

  // Since the live view last looked.
  Histogram recent_reply_us;
  Histogram recent_delay_us;

  // The window of play.
  double play_seconds = 0;
  std::uint64_t events_in_play = 0;
  double server_cpu_seconds = 0;
  double crowd_cpu_seconds = 0;
  std::uint64_t server_rss_bytes = 0;
  bool server_found = false;
};

}  // namespace cairn::crowd
