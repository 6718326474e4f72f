// Goal: every kind of fault in a stream's offsets is caught, and nothing that the protocol allows is. Breaks:
// gaps, duplicates, swaps, resumes that begin too late, events from before the welcome.
#include "tools/crowd/stream_check.hpp"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace cairn::crowd;

namespace {

struct Fixture {
  StreamCheck stream;
  StreamFaults faults;

  Fixture() { stream.begin(0, 10); }
  std::uint64_t observe(std::initializer_list<std::uint64_t> offsets) {
    std::uint64_t fresh = 0;
    for (const std::uint64_t offset : offsets) fresh += stream.observe(offset, faults) ? 1 : 0;
    return fresh;
  }
  [[nodiscard]] std::uint64_t all() const { return faults.gaps + faults.duplicates + faults.order_errors; }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "offsets that follow each other after the welcome are right") {
  CHECK(observe({11, 12, 13}) == 3);
  CHECK(all() == 0);
  CHECK(stream.last() == 13);
}

TEST_CASE_FIXTURE(Fixture, "an offset that is left out is a gap of as many as are missing") {
  observe({11, 15});
  CHECK(faults.gaps == 3);
  CHECK(faults.duplicates == 0);
  CHECK(faults.order_errors == 0);
}

TEST_CASE_FIXTURE(Fixture, "the first event after a welcome may not leave one out either") {
  observe({12});
  CHECK(faults.gaps == 1);
}

TEST_CASE_FIXTURE(Fixture, "an offset twice within a connection is a duplicate") {
  CHECK(observe({11, 12, 12, 11}) == 2);
  CHECK(faults.duplicates == 2);
  CHECK(faults.gaps == 0);
}

TEST_CASE_FIXTURE(Fixture, "two that change places are an order error and no gap") {
  CHECK(observe({11, 13, 12, 14}) == 4);
  CHECK(faults.gaps == 0);
  CHECK(faults.order_errors == 1);
  CHECK(faults.duplicates == 0);
}

TEST_CASE_FIXTURE(Fixture, "an event from before the welcome's offset is an order error") {
  observe({9});
  CHECK(faults.order_errors == 1);
}

TEST_CASE_FIXTURE(Fixture, "a resume may repeat what is known, and the repetition is not new") {
  observe({11, 12, 13});
  stream.resume();
  CHECK(observe({12, 13, 14}) == 1);
  CHECK(all() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a resume may go on exactly where it was left") {
  observe({11, 12});
  stream.resume();
  CHECK(observe({13, 14}) == 2);
  CHECK(all() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a resume that begins too late is a gap") {
  observe({11, 12});
  stream.resume();
  observe({14});
  CHECK(faults.gaps == 1);
}

TEST_CASE_FIXTURE(Fixture, "within the repetition of a resume nothing may be left out or come twice") {
  observe({11, 12, 13, 14});
  stream.resume();
  observe({12, 14, 14});
  CHECK(faults.gaps == 1);
  CHECK(faults.duplicates == 1);
}

TEST_CASE_FIXTURE(Fixture, "a declared skip is none of these, and events go on after the snapshot") {
  observe({11});
  stream.declare_skip();
  stream.apply_snapshot(0, 40);
  CHECK(observe({41, 42}) == 2);
  CHECK(all() == 0);
}

TEST_CASE_FIXTURE(Fixture, "after a declared skip the snapshot's offset is binding") {
  stream.declare_skip();
  stream.apply_snapshot(0, 40);
  observe({43});
  CHECK(faults.gaps == 2);
}

TEST_CASE_FIXTURE(Fixture, "an unasked snapshot ahead of a stream lets it continue or jump, nothing else") {
  observe({11});
  stream.apply_snapshot(0, 20);
  SUBCASE("it continues") {
    observe({12, 13});
    CHECK(all() == 0);
  }
  SUBCASE("it jumps") {
    observe({21, 22});
    CHECK(all() == 0);
  }
  SUBCASE("it does neither") {
    observe({15});
    CHECK(faults.gaps == 3);
  }
}

TEST_CASE_FIXTURE(Fixture, "a stream of another epoch begins anew") {
  observe({11});
  stream.apply_snapshot(1, 3);
  CHECK(stream.epoch() == 1);
  CHECK(observe({4}) == 1);
  CHECK(all() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a gap filled piece by piece ends as as many order errors") {
  observe({11, 15, 13, 12, 14, 16});
  CHECK(faults.gaps == 0);
  CHECK(faults.order_errors == 3);
}
