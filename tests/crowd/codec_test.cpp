// Goal: the crowd speaks RFC 6455 as a client must. Breaks: heads cut at every byte, wrong bits, lengths at
// their limits.
#include "tools/crowd/codec.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace cairn::crowd;

namespace {

// Undoes the mask of a client's frame whose head has `head_bytes` bytes before the mask.
std::string unmask(const std::string& frame, std::size_t head_bytes) {
  std::string text = frame.substr(head_bytes + 4);
  for (std::size_t at = 0; at < text.size(); ++at) {
    text[at] = static_cast<char>(text[at] ^ frame[head_bytes + (at & 3)]);
  }
  return text;
}

HeadRead read(std::string bytes, FrameHead& head) { return read_head(bytes, head); }

}  // namespace

TEST_CASE("the accept of the RFC's own example key is the RFC's") {
  CHECK(handshake_accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("a handshake key is 16 bytes in base64 and differs by number") {
  CHECK(handshake_key(1).size() == 24);
  CHECK(handshake_key(1).ends_with("=="));
  CHECK(handshake_key(1) != handshake_key(2));
}

TEST_CASE("a client frame is masked, final, and gives its text back") {
  for (const std::size_t bytes : {0UL, 1UL, 125UL, 126UL, 65535UL, 65536UL}) {
    CAPTURE(bytes);
    const std::string text(bytes, 'k');
    std::string frame;
    append_client_frame(frame, Opcode::text, text, 0xa1b2c3d4U);
    const std::size_t head_bytes = bytes < 126 ? 2 : bytes < 65536 ? 4 : 10;
    CHECK(static_cast<unsigned char>(frame[0]) == 0x81);
    CHECK((static_cast<unsigned char>(frame[1]) & 0x80) == 0x80);
    REQUIRE(frame.size() == head_bytes + 4 + bytes);
    CHECK(unmask(frame, head_bytes) == text);
    if (bytes > 0) CHECK(frame.substr(head_bytes + 4) != text);
  }
}

TEST_CASE("heads of all three lengths are read, and every cut is incomplete") {
  FrameHead head;
  REQUIRE(read(std::string("\x81\x05", 2), head) == HeadRead::complete);
  CHECK(head.fin);
  CHECK(head.opcode == Opcode::text);
  CHECK(head.head_bytes == 2);
  CHECK(head.payload_bytes == 5);
  const std::string medium("\x01\x7e\x01\x00", 4);
  REQUIRE(read(medium, head) == HeadRead::complete);
  CHECK_FALSE(head.fin);
  CHECK(head.payload_bytes == 256);
  const std::string large("\x80\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10);
  REQUIRE(read(large, head) == HeadRead::complete);
  CHECK(head.opcode == Opcode::continuation);
  CHECK(head.payload_bytes == 65536);
  for (std::size_t cut = 0; cut < medium.size(); ++cut) {
    CHECK(read(medium.substr(0, cut), head) == HeadRead::incomplete);
  }
  for (std::size_t cut = 0; cut < large.size(); ++cut) {
    CHECK(read(large.substr(0, cut), head) == HeadRead::incomplete);
  }
}

TEST_CASE("what a server must not send is malformed") {
  FrameHead head;
  CHECK(read(std::string("\x81\x85", 2), head) == HeadRead::malformed);          // masked
  CHECK(read(std::string("\xc1\x05", 2), head) == HeadRead::malformed);          // a reserved bit
  CHECK(read(std::string("\x83\x05", 2), head) == HeadRead::malformed);          // a reserved opcode
  CHECK(read(std::string("\x09\x05", 2), head) == HeadRead::malformed);          // a ping in fragments
  CHECK(read(std::string("\x89\x7e\x00\x80", 4), head) == HeadRead::malformed);  // a ping of 128 bytes
  CHECK(read(std::string("\x81\x7e\x00\x7d", 4), head) == HeadRead::malformed);  // 125 in the longer form
  CHECK(read(std::string("\x81\x7f\x00\x00\x00\x00\x00\x00\xff\xff", 10), head) == HeadRead::malformed);
}

TEST_CASE("a close frame's code is read, and a close without one is 1005") {
  CHECK(close_code(std::string("\x0f\xa8slow", 6)) == 4008);
  CHECK(close_code("") == 1005);
}
