// Goal: a real socket's bytes become messages whatever pieces they come in. Breaks: one byte at a time,
// fragments with a ping between them, a large frame, a wrong accept, a close, a text in fragments that never
// began.
#include "tools/crowd/connection.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <vector>

#include "tools/crowd/http_head.hpp"
#include "tools/crowd/steady_time.hpp"

using namespace cairn::crowd;

namespace {

struct Heard final : ConnectionEvents {
  std::vector<std::string> texts;
  bool opened = false;
  bool lost = false;
  LostBy how = LostBy::refused;
  std::uint16_t code = 0;

  void on_open() override { opened = true; }
  void on_text(std::string_view text, std::uint64_t) override { texts.emplace_back(text); }
  void on_lost(LostBy by, std::uint16_t with) override {
    lost = true;
    how = by;
    code = with;
  }
};

// A server of one connection, driven by hand from the test.
struct Fixture {
  std::unique_ptr<Loop> loop = *Loop::make();
  Heard heard;
  Connection connection{*loop, heard};
  Address address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  int peer = -1;

  Fixture() {
    sockaddr_in local{};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t bytes = sizeof local;
    REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&local), bytes) == 0);
    REQUIRE(listen(listener, 4) == 0);
    getsockname(listener, reinterpret_cast<sockaddr*>(&local), &bytes);
    address = *resolve("127.0.0.1:" + std::to_string(ntohs(local.sin_port)));
  }
  ~Fixture() {
    if (peer >= 0) close(peer);
    close(listener);
  }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  // Turns the loop until the condition holds; the limit only keeps a failing test from hanging.
  void run_until(const std::function<bool()>& done) {
    for (int turn = 0; turn < 2000 && !done(); ++turn) loop->turn(now_ns(), now_ns() + 5 * kNsPerMs);
  }

  std::string receive() {
    char buffer[4096];
    const auto got = recv(peer, buffer, sizeof buffer, 0);
    return {buffer, static_cast<std::size_t>(got > 0 ? got : 0)};
  }
  void send_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
      loop->turn(now_ns(), 0);
    }
  }

  void accept_handshake(bool rightly) {
    connection.open(address, 7, false);
    peer = accept(listener, nullptr, nullptr);
    std::string request;
    run_until([&] {
      pollin();
      if (readable) request += receive();
      return request.find("\r\n\r\n") != std::string::npos;
    });
    const auto key = http_field(request, "sec-websocket-key");
    const std::string accept_text = rightly ? handshake_accept(key) : handshake_accept("something else");
    send_all("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: " +
             accept_text + "\r\nSec-WebSocket-Protocol: cairn.v1.json\r\n\r\n");
  }
  void pollin() {
    char byte = 0;
    readable = recv(peer, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  }
  bool readable = false;

  void open() {
    accept_handshake(true);
    run_until([&] { return heard.opened; });
    REQUIRE(heard.opened);
  }
};

// A server's frame: as the client's, without the mask.
std::string frame(unsigned first_byte, const std::string& payload) {
  std::string out(1, static_cast<char>(first_byte));
  if (payload.size() < 126) {
    out += static_cast<char>(payload.size());
  } else {
    out += '\x7f';
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(payload.size() >> shift & 0xffU);
  }
  return out + payload;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a message that comes byte by byte is one message") {
  open();
  const std::string bytes = frame(0x81, "{\"type\":\"x\"}");
  for (const char byte : bytes) send_all({&byte, 1});
  run_until([&] { return heard.texts.size() == 1; });
  REQUIRE(heard.texts.size() == 1);
  CHECK(heard.texts[0] == "{\"type\":\"x\"}");
}

TEST_CASE_FIXTURE(Fixture, "many messages in one piece are as many messages") {
  open();
  std::string bytes;
  for (int at = 0; at < 50; ++at) bytes += frame(0x81, "message " + std::to_string(at));
  send_all(bytes);
  run_until([&] { return heard.texts.size() == 50; });
  REQUIRE(heard.texts.size() == 50);
  CHECK(heard.texts[49] == "message 49");
}

TEST_CASE_FIXTURE(Fixture,
                  "a message larger than the shared buffer comes whole, and so does the one behind it") {
  open();
  const std::string large(300'000, 'q');
  send_all(frame(0x81, large) + frame(0x81, "next"));
  run_until([&] { return heard.texts.size() == 2; });
  REQUIRE(heard.texts.size() == 2);
  CHECK(heard.texts[0] == large);
  CHECK(heard.texts[1] == "next");
}

TEST_CASE_FIXTURE(Fixture, "fragments are put together, and a ping between them is answered") {
  open();
  send_all(frame(0x01, "one ") + frame(0x89, "are you there") + frame(0x00, "two ") + frame(0x80, "three"));
  run_until([&] { return heard.texts.size() == 1; });
  REQUIRE(heard.texts.size() == 1);
  CHECK(heard.texts[0] == "one two three");
  std::string pong = receive();
  CHECK(static_cast<unsigned char>(pong[0]) == 0x8a);
  CHECK(pong.size() == 2 + 4 + std::string_view("are you there").size());
}

TEST_CASE_FIXTURE(Fixture, "a close is told with its code and answered") {
  open();
  send_all(frame(0x88, std::string("\x0f\xa8", 2)));
  run_until([&] { return heard.lost; });
  REQUIRE(heard.lost);
  CHECK(heard.how == LostBy::close);
  CHECK(heard.code == 4008);
}

TEST_CASE_FIXTURE(Fixture, "a continuation of nothing, and a binary frame, are the server's fault") {
  open();
  SUBCASE("a continuation") { send_all(frame(0x80, "of nothing")); }
  SUBCASE("a binary frame") { send_all(frame(0x82, "bytes")); }
  SUBCASE("a text inside of a message") { send_all(frame(0x01, "begun") + frame(0x81, "another")); }
  run_until([&] { return heard.lost; });
  REQUIRE(heard.lost);
  CHECK(heard.how == LostBy::bad_frames);
  CHECK(heard.texts.empty());
}

TEST_CASE_FIXTURE(Fixture, "a server that cannot have read the key is refused") {
  accept_handshake(false);
  run_until([&] { return heard.lost; });
  CHECK(heard.lost);
  CHECK(heard.how == LostBy::bad_frames);
  CHECK_FALSE(heard.opened);
}

TEST_CASE_FIXTURE(Fixture, "a server that goes away without a word is told as the end") {
  open();
  close(peer);
  peer = -1;
  run_until([&] { return heard.lost; });
  REQUIRE(heard.lost);
  CHECK(heard.how == LostBy::end);
}

TEST_CASE_FIXTURE(Fixture, "nobody listening is told as refused") {
  close(listener);
  connection.open(address, 7, false);
  run_until([&] { return heard.lost; });
  REQUIRE(heard.lost);
  CHECK(heard.how == LostBy::refused);
  listener = socket(AF_INET, SOCK_STREAM, 0);
}
