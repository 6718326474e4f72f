// Goal: the published contract as bytes: golden texts of events, replies, notices and of what a player may
// see. It breaks: escaping, key order, frame heads, and looks for anything that may not be told.
#include <doctest/doctest.h>

#include <simdjson.h>

#include <array>
#include <string>

#include "bus/stream/frame.hpp"
#include "net/protocol/event_encoder.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/protocol/outline.hpp"
#include "net/protocol/position_text.hpp"
#include "net/protocol/reply_encoder.hpp"
#include "net/protocol/state_encoder.hpp"
#include "net/protocol/time_text.hpp"
#include "net/session/credentials.hpp"
#include "tests/net/hunt_for_tests.hpp"
#include "tests/net/world_for_tests.hpp"

namespace cairn::net {
namespace {

using actors::EntryKind;
using actors::Reply;

// All events of an entry, each without its frame's head.
std::vector<std::string> events_of(const config::Hunt& hunt, const actors::Entry& entry,
                                   std::uint64_t offset = 7) {
  std::vector<std::string> texts;
  std::array<std::byte, 16 * 1024> place{};
  actors::for_each_event(entry, [&](actors::EventRef event) {
    const std::size_t bytes = encode_event(hunt, entry, event, offset, place);
    REQUIRE(bus::frame_bytes(std::span(place).first(bytes)) == bytes);
    REQUIRE(place[0] == std::byte{0x81});
    const std::size_t head = bytes < 128 ? 2 : 4;
    texts.emplace_back(reinterpret_cast<const char*>(place.data()) + head, bytes - head);
  });
  return texts;
}

TEST_CASE("a solve is told to the team, to everybody, and as a first one") {
  const auto hunt = test::make_hunt();
  test::Entries entries;
  const auto texts = events_of(*hunt, entries.solved(17, 0, 90, 1, "Gu\"lls", "Ada"));
  REQUIRE(texts.size() == 3);
  CHECK(
      texts[0] ==
      R"({"type":"event","stream":"team","offset":7,"event":"puzzle_solved","time":"2023-11-14T22:13:20.010Z",)"
      R"("data":{"puzzle":"anchor","by":"Ada","points":90}})");
  CHECK(
      texts[1] ==
      R"({"type":"event","stream":"hunt","offset":7,"event":"team_solved","time":"2023-11-14T22:13:20.010Z",)"
      R"("data":{"team":"t17","name":"Gu\"lls","puzzle":"anchor","district":"quay","rank":1}})");
  CHECK(
      texts[2] ==
      R"({"type":"event","stream":"hunt","offset":7,"event":"first_solve","time":"2023-11-14T22:13:20.010Z",)"
      R"("data":{"team":"t17","name":"Gu\"lls","puzzle":"anchor","district":"quay","points":90}})");
}

TEST_CASE("districts, announcements and states are told to everybody") {
  const auto hunt = test::make_hunt();
  test::Entries entries;
  actors::Entry opened = entries.next(EntryKind::kDistrictOpened);
  opened.district = actors::DistrictIndex{1};
  CHECK(
      events_of(*hunt, opened).at(0) ==
      R"({"type":"event","stream":"hunt","offset":7,"event":"district_opened","time":"2023-11-14T22:13:20.010Z",)"
      R"("data":{"district":"hill","name":"The Hill","revision":1}})");
  CHECK(
      events_of(*hunt, entries.announced("a\nb\x01")).at(0) ==
      R"({"type":"event","stream":"hunt","offset":7,"event":"announcement","time":"2023-11-14T22:13:20.020Z",)"
      R"("data":{"text":"a\nb\u0001"}})");
  actors::Entry paused = entries.next(EntryKind::kHuntStateChanged);
  paused.state = actors::HuntState::kPaused;
  CHECK(events_of(*hunt, paused).at(0).find(R"("data":{"state":"paused"})") != std::string::npos);
}

TEST_CASE("unlocks, clues, hints and new members are told to the team alone") {
  const auto hunt = test::make_hunt();
  test::Entries entries;
  const std::array<std::uint32_t, 2> puzzles = {1, 2};
  actors::Entry unlocked = entries.next(EntryKind::kPuzzlesUnlocked);
  unlocked.team = actors::TeamIndex{3};
  unlocked.unlocked = {reinterpret_cast<const std::byte*>(puzzles.data()), 2};
  const auto texts = events_of(*hunt, unlocked);
  REQUIRE(texts.size() == 2);
  CHECK(texts[1].find(R"("stream":"team")") != std::string::npos);
  CHECK(texts[1].find(R"("data":{"puzzle":"cairn","district":"hill","title":"Title of cairn"})") !=
        std::string::npos);

  actors::Entry clue = entries.next(EntryKind::kClueDiscovered);
  clue.team = actors::TeamIndex{3};
  clue.puzzle = actors::PuzzleIndex{0};
  clue.item = 1;
  clue.name = "Ada";
  CHECK(events_of(*hunt, clue)
            .at(0)
            .find(R"("data":{"puzzle":"anchor","clue":{"index":1,"text":"Second clue."},"by":"Ada"})") !=
        std::string::npos);

  actors::Entry hint = entries.next(EntryKind::kHintGranted);
  hint.team = actors::TeamIndex{3};
  hint.puzzle = actors::PuzzleIndex{0};
  hint.item = 0;
  hint.points = 10;
  CHECK(events_of(*hunt, hint)
            .at(0)
            .find(R"("data":{"puzzle":"anchor","hint":{"index":0,"text":"Look up."},"cost":10})") !=
        std::string::npos);
}

TEST_CASE("a text that does not fit its frame is left out and said to be") {
  const auto hunt = test::make_hunt();
  hunt->puzzles[0].clues[0].text.assign(20'000, 'x');
  test::Entries entries;
  actors::Entry clue = entries.next(EntryKind::kClueDiscovered);
  clue.team = actors::TeamIndex{3};
  clue.puzzle = actors::PuzzleIndex{0};
  clue.item = 0;
  const auto text = events_of(*hunt, clue).at(0);
  CHECK(text.find(R"("clue":{"index":0},"truncated":true)") != std::string::npos);
}

TEST_CASE("replies say verdicts, items and errors") {
  const auto hunt = test::make_hunt();
  TextBuffer out;
  Reply reply;
  reply.kind = actors::CommandKind::kSubmitAnswer;
  reply.puzzle = actors::PuzzleIndex{0};
  reply.verdict = actors::Verdict::kPartial;
  reply.item = 0;
  reply.guesses_left = 3;
  CHECK(
      encode_reply(*hunt, "c-1", reply, out) ==
      R"({"type":"reply","id":"c-1","ok":true,"data":{"verdict":"partial","text":"Nearly.","guesses_left":3}})");
  reply.verdict = actors::Verdict::kIncorrect;
  reply.guesses_left = 0;
  reply.lockout_until_ms = 1'700'000'000'000;
  CHECK(encode_reply(*hunt, "c-1", reply, out) ==
        R"({"type":"reply","id":"c-1","ok":true,"data":{"verdict":"incorrect","guesses_left":0,)"
        R"("lockout_until":"2023-11-14T22:13:20.000Z"}})");
  reply = {};
  reply.kind = actors::CommandKind::kRequestHint;
  reply.puzzle = actors::PuzzleIndex{0};
  reply.item = 0;
  reply.cost = 10;
  reply.points = 80;
  CHECK(
      encode_reply(*hunt, "h", reply, out) ==
      R"({"type":"reply","id":"h","ok":true,"data":{"hint":{"index":0,"text":"Look up."},"cost":10,"points":80}})");
  reply = {};
  reply.code = actors::Code::kTooFar;
  reply.distance_m = 120;
  CHECK(
      encode_reply(*hunt, "x", reply, out) ==
      R"({"type":"reply","id":"x","ok":false,"error":{"code":"too_far","message":"You are too far from the place. )"
      R"(Go closer and try again.","temporary":false,"details":{"distance_m":120}}})");
  CHECK(
      encode_error({}, actors::Code::kRateLimited, {}, 1000, out) ==
      R"({"type":"reply","id":null,"ok":false,"error":{"code":"rate_limited","message":"Too many requests. )"
      R"(Wait a moment and send it again.","temporary":true,"retry_after_ms":1000}})");
  CHECK(encode_pong("p", out) == R"({"type":"pong","id":"p"})");
}

TEST_CASE("outlines are GeoJSON in degrees, written from integers") {
  CHECK(std::string_view(PositionText({-5, 0})) == "[-0.0000005,0]");
  CHECK(std::string_view(PositionText({1800000000, -900000000})) == "[180,-90]");
  CHECK(std::string_view(PositionText({-1799999999, 891234500})) == "[-179.9999999,89.12345]");
  CHECK(geojson_of({config::Polygon{{{{10000000, -5000000}, {0, 0}}}}}) ==
        R"({"type":"MultiPolygon","coordinates":[[[[1,-0.5],[0,0]]]]})");
}

TEST_CASE("times are told in UTC with milliseconds") {
  CHECK(std::string_view(TimeText(0)) == "1970-01-01T00:00:00.000Z");
  CHECK(std::string_view(TimeText(951'782'399'999)) == "2000-02-28T23:59:59.999Z");
  CHECK(std::string_view(TimeText(-1)) == "1970-01-01T00:00:00.000Z");
}

TEST_CASE("a writer whose place is too small says so and writes nothing beyond it") {
  std::array<std::byte, 8> place{};
  JsonWriter json{std::span<std::byte>(place).first(7)};
  json.begin_object();
  json.member("key", "value");
  json.end_object();
  CHECK(json.overflowed());
  CHECK(place[7] == std::byte{0});
}

TEST_CASE(
    "a player's state shows what the team has, and nothing locked, no answer and no undiscovered clue") {
  const auto hunt = test::make_hunt();
  View view(hunt);
  StateEncoder states(view, "d1", 1);
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t"), sha256("r")));
  actors::Entry running = entries.next(EntryKind::kHuntStateChanged);
  running.state = actors::HuntState::kRunning;
  view.fold(running);
  const std::array<std::uint32_t, 2> puzzles = {0, 1};
  actors::Entry unlocked = entries.next(EntryKind::kPuzzlesUnlocked);
  unlocked.team = actors::TeamIndex{0};
  unlocked.unlocked = {reinterpret_cast<const std::byte*>(puzzles.data()), 2};
  view.fold(unlocked);
  actors::Entry clue = entries.next(EntryKind::kClueDiscovered);
  clue.team = actors::TeamIndex{0};
  clue.puzzle = actors::PuzzleIndex{0};
  clue.item = 0;
  view.fold(clue);

  TextBuffer out;
  Request request;
  request.id = "g";
  const std::string text(states.state_reply(Viewer{actors::PlayerIndex{0}}, request, 1'700'000'000'100, out));
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("Second clue.") == std::string::npos);
  CHECK(text.find("Look up.") == std::string::npos);
  CHECK(text.find("Title of cairn") == std::string::npos);
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(text);
  CHECK(std::string_view(root["data"]["streams"]["team"]["epoch"]) == "tiny-d1/t0");
  CHECK(std::uint64_t(root["data"]["streams"]["team"]["offset"]) == 4);
  CHECK(std::string_view(root["data"]["hunt"]["state"]) == "running");
  CHECK(std::uint64_t(root["data"]["districts"].at(0)["puzzles_locked"]) == 0);
  CHECK(std::uint64_t(root["data"]["districts"].at(1)["puzzles_locked"]) == 1);
  CHECK(std::string_view(root["data"]["districts"].at(0)["outline"]["type"]) == "MultiPolygon");
  const auto anchor = root["data"]["puzzles"].at(0);
  CHECK(std::string_view(anchor["clues"].at(0)["text"]) == "First clue.");
  CHECK(std::string_view(anchor["clue_next"]) == "code");
  CHECK(std::uint64_t(anchor["hint_next"]["cost"]) == 10);
  CHECK(std::uint64_t(anchor["guesses_left"]) == 5);
  const auto bollard = root["data"]["puzzles"].at(1);
  CHECK(double(bollard["at"].at(0)) == doctest::Approx(-1.2345678));
  CHECK_FALSE(bool(bollard["checked_in"]));
  CHECK(std::string_view(root["data"]["team"]["join_code"]) == "ABCDEFGH");
  CHECK(bool(root["data"]["team"]["members"].at(0)["captain"]));
}

TEST_CASE("a filter narrows the state to the puzzles that it names") {
  const auto hunt = test::make_hunt();
  View view(hunt);
  StateEncoder states(view, "d1", 1);
  test::Entries entries;
  view.fold(entries.team(0, "Gulls", "Ada", "ABCDEFGH", sha256("t"), sha256("r")));
  const std::array<std::uint32_t, 2> puzzles = {0, 1};
  actors::Entry unlocked = entries.next(EntryKind::kPuzzlesUnlocked);
  unlocked.team = actors::TeamIndex{0};
  unlocked.unlocked = {reinterpret_cast<const std::byte*>(puzzles.data()), 2};
  view.fold(unlocked);
  TextBuffer out;
  const std::array<std::string_view, 2> named = {"bollard", "cairn"};
  Request request;
  request.puzzles = named;
  const std::string text(states.state_reply(Viewer{actors::PlayerIndex{0}}, request, 0, out));
  CHECK(text.find("Title of bollard") != std::string::npos);
  CHECK(text.find("Title of anchor") == std::string::npos);
  CHECK(text.find("Title of cairn") == std::string::npos);  // named, but locked
  CHECK(text.find("leaderboard") == std::string::npos);
}

}  // namespace
}  // namespace cairn::net
