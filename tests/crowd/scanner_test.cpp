// Goal: the cheap scan says exactly what a full parse would say, or that it does not know. Breaks: other key
// orders, escapes, white space, cut texts, numbers too large.
#include "tools/crowd/scanner.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace cairn::crowd;

TEST_CASE("an event in the server's own order is recognised from its front") {
  EventHead head;
  const std::string text =
      R"({"type":"event","stream":"hunt","offset":1042,"event":"district_opened","time":"2026-01-01","data":{}})";
  REQUIRE(scan(text, head) == Scanned::event);
  CHECK(head.stream == StreamName::hunt);
  CHECK(head.offset == 1042);
  CHECK(head.event == "district_opened");
}

TEST_CASE("each stream has its name, and an unknown one is told apart") {
  EventHead head;
  for (const std::string name : {"hunt", "team", "me"}) {
    const std::string text =
        R"({"type":"event","stream":")" + name + R"(","offset":7,"event":"x","data":{}})";
    REQUIRE(scan(text, head) == Scanned::event);
    CHECK(stream_text(head.stream) == name);
  }
  REQUIRE(scan(R"({"type":"event","stream":"staff","offset":7,"event":"x"})", head) == Scanned::event);
  CHECK(head.stream == StreamName::other);
}

TEST_CASE("a notice needs no more than its type") {
  EventHead head;
  CHECK(scan(R"({"type":"notice","notice":"score","version":3,"data":{}})", head) == Scanned::notice);
}

TEST_CASE("another key order, white space or an escape is left to the full parser") {
  EventHead head;
  CHECK(scan(R"({"stream":"hunt","type":"event","offset":1,"event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","offset":1,"stream":"hunt","event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type": "event","stream":"hunt","offset":1,"event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hu\u006et","offset":1,"event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hunt","offset":1,"event":"a\"b"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hunt","offset":"1","event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hunt","offset":-1,"event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hunt","offset":1.5,"event":"x"})", head) == Scanned::unknown);
  CHECK(scan(R"({"type":"event","stream":"hunt","offset":99999999999999999999,"event":"x"})", head) ==
        Scanned::unknown);
  CHECK(scan(R"({"type":"reply","id":"c-1","ok":true,"data":{}})", head) == Scanned::unknown);
  CHECK(scan("", head) == Scanned::unknown);
}

TEST_CASE("every cut before the end of the event's name is unknown, never read past") {
  const std::string text =
      R"({"type":"event","stream":"hunt","offset":1042,"event":"district_opened","time":"x"})";
  const std::size_t end_of_name = text.find(",\"time");
  EventHead head;
  for (std::size_t cut = 0; cut <= end_of_name; ++cut) {
    // A copy of exactly this size, so that a sanitizer sees a read behind it.
    const std::string part = text.substr(0, cut);
    CHECK(scan(part, head) == Scanned::unknown);
  }
}
