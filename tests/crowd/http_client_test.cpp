// Goal: responses are read whole, whatever way they come. Breaks: cuts at every byte, chunks, pipelining,
// nonsense.
#include <doctest/doctest.h>

#include <string>

#include "tools/crowd/address.hpp"
#include "tools/crowd/http_client.hpp"

using namespace cairn::crowd;

TEST_CASE("a response is taken when its last byte is there, and not before") {
  const std::string text = "HTTP/1.1 200 OK\r\ncontent-Length: 5\r\n\r\nhello";
  for (std::size_t cut = 0; cut < text.size(); ++cut)
    CHECK(parse_http_response(text.substr(0, cut)).bytes == 0);
  const HttpParsed parsed = parse_http_response(text + "HTTP/1.1 500");
  CHECK(parsed.bytes == static_cast<std::ptrdiff_t>(text.size()));
  CHECK(parsed.answer.status == 200);
  CHECK(parsed.answer.body == "hello");
  CHECK(parsed.keeps_alive);
}

TEST_CASE("a chunked response is put together, and every cut of it is incomplete") {
  const std::string text =
      "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n";
  const HttpParsed parsed = parse_http_response(text);
  CHECK(parsed.bytes == static_cast<std::ptrdiff_t>(text.size()));
  CHECK(parsed.answer.body == "abc0123456789");
  for (std::size_t cut = 0; cut < text.size(); ++cut)
    CHECK(parse_http_response(text.substr(0, cut)).bytes == 0);
}

TEST_CASE("a connection that is to be closed says so") {
  CHECK_FALSE(
      parse_http_response("HTTP/1.1 503 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").keeps_alive);
}

TEST_CASE("what is no HTTP is malformed") {
  CHECK(parse_http_response("SSH-2.0-OpenSSH\r\n\r\n").bytes < 0);
  CHECK(parse_http_response("HTTP/1.1 2x0 OK\r\n\r\n").bytes < 0);
  CHECK(parse_http_response("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n").bytes < 0);
  CHECK(parse_http_response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n").bytes < 0);
}

TEST_CASE("an address is read from either scheme, and a sentence says what is wrong with another") {
  CHECK(resolve("ws://127.0.0.1:8080")->port == 8080);
  CHECK(resolve("http://127.0.0.1:8080/")->host_header == "127.0.0.1:8080");
  CHECK(resolve("127.0.0.1:81")->port == 81);
  CHECK(resolve("wss://127.0.0.1:8080").error().message.find("scheme") != std::string::npos);
  CHECK(resolve("ws://127.0.0.1").error().message.find("port") != std::string::npos);
  CHECK(resolve("ws://127.0.0.1:99999").error().message.find("port") != std::string::npos);
  CHECK(resolve("ws://127.0.0.1:80/v1/play").error().message.find("path") != std::string::npos);
}
