// Goal: the report names every figure it must, and the exit code follows what was found. Breaks: each single
// fault.
#include "tools/crowd/report.hpp"

#include <doctest/doctest.h>
#include <simdjson.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace cairn::crowd;

namespace {

struct Fixture {
  LoadOptions options;
  std::unique_ptr<Tally> tally = std::make_unique<Tally>();

  Fixture() { tally->connected_at_start = options.players; }
  int exit_code() { return exit_code_of(Outcome{options, *tally}); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the JSON is one line with every figure that is promised") {
  tally->reply_us.record(123);
  tally->errors["locked"] = 2;
  const std::string text = report_json(Outcome{options, *tally});
  CHECK(text.find('\n') == std::string::npos);
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  REQUIRE(parser.parse(text).get(root) == simdjson::SUCCESS);
  for (const char* const name : {"players",
                                 "connected",
                                 "seconds",
                                 "requests",
                                 "replies",
                                 "acknowledged",
                                 "acknowledged_lost",
                                 "events_received",
                                 "stream_gaps",
                                 "stream_duplicates",
                                 "stream_order_errors",
                                 "declared_skips",
                                 "unexpected_closes",
                                 "reply_us",
                                 "event_delay_us",
                                 "event_spread_us",
                                 "server_rss_bytes",
                                 "server_cpu_seconds",
                                 "deliveries_per_second",
                                 "guesses",
                                 "solves",
                                 "verdicts",
                                 "openings"}) {
    CAPTURE(name);
    CHECK(root[name].error() == simdjson::SUCCESS);
  }
  for (const char* const figure : {"p50", "p90", "p99", "p99_9", "max"}) {
    CHECK(std::uint64_t(root["reply_us"][figure]) == 123);
  }
  CHECK(std::uint64_t(root["errors"]["locked"]) == 2);
}

TEST_CASE_FIXTURE(Fixture, "a run without faults passes") { CHECK(exit_code() == 0); }

TEST_CASE_FIXTURE(Fixture, "each broken promise fails the run") {
  const std::vector<std::function<void(Tally&)>> faults = {
      [](Tally& broken) { broken.faults.gaps = 1; },
      [](Tally& broken) { broken.faults.duplicates = 1; },
      [](Tally& broken) { broken.faults.order_errors = 1; },
      [](Tally& broken) { broken.acknowledged_lost = 1; },
      [](Tally& broken) { broken.acknowledged_unverified = 1; },
      [](Tally& broken) { --broken.connected_at_start; },
  };
  for (const auto& fault : faults) {
    Fixture fresh;
    fault(*fresh.tally);
    CHECK(fresh.exit_code() == 1);
  }
  CHECK(exit_code_of(Outcome{options, *tally, 0, 1}) == 1);
}

TEST_CASE_FIXTURE(Fixture, "a wrong verdict fails the run when it is to be strict") {
  tally->verdict_errors = 1;
  CHECK(exit_code() == 0);
  options.strict = true;
  CHECK(exit_code() == 1);
}
