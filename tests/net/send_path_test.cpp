// Goal: whatever the kernel takes of a send, the receiver sees whole frames, each stream in order, nothing
// twice. It breaks: tiny socket buffers, random reads, replies and notices in between, a frame kept when its
// cursor moves.
#include "net/gateway/send_path.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>
#include <string>
#include <vector>

#include "bus/stream/frame.hpp"
#include "bus/stream/stream_set.hpp"

namespace cairn::net {
namespace {

struct Pair {
  explicit Pair(int bytes) {
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
    ::setsockopt(ends[0], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
  }
  ~Pair() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
  int ends[2]{};
};

// A frame whose payload says what it is: "h:17:xxxx".
std::string framed(const std::string& payload) {
  const bus::FrameHead head = bus::text_frame_head(payload.size());
  return std::string(reinterpret_cast<const char*>(head.bytes.data()), head.count) + payload;
}

struct Reader {
  void read(int fd, std::size_t bytes_max) {
    std::string chunk(bytes_max, '\0');
    const ssize_t bytes = ::recv(fd, chunk.data(), chunk.size(), 0);
    if (bytes > 0) in.append(chunk, 0, static_cast<std::size_t>(bytes));
    for (;;) {
      const auto size = bus::frame_bytes(std::as_bytes(std::span(in.data(), in.size())));
      if (size == 0 || in.size() < size) return;
      const std::size_t head = size < 128 ? 2 : 4;
      payloads.push_back(in.substr(head, size - head));
      in.erase(0, size);
    }
  }
  std::string in;
  std::vector<std::string> payloads;
};

TEST_CASE("frames of many sources arrive whole and in order through any partial writes") {
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Pair pair(2048);
    bus::StreamSet set({1, 1, 1, 1}, 1, {{{8 * 1024, 64}, {4 * 1024, 64}, {4 * 1024, 64}, {4 * 1024, 64}}});
    const std::array<bus::StreamLog*, 3> logs = {&set.log(0), &set.log(1U << 28U), &set.log(2U << 28U)};
    LargeBuffers pool;
    OutBuffer out{pool};
    SendCursor cursor;
    cursor.fd = pair.ends[0];
    cursor.out = &out;
    cursor.following = 7;
    for (std::size_t i = 0; i < 3; ++i) cursor.logs[i] = logs[i];
    SendPath path;
    Reader reader;
    std::array<std::uint64_t, 4> made{};  // hunt, team, me, own
    std::uint64_t boards = 0;
    std::string board;
    for (int step = 0; step < 3000; ++step) {
      set.epochs().acknowledge(0);
      const std::size_t kind = random() % 6;
      if (step < 2000 && kind < 4) {
        const std::string bytes = framed(std::string(1, "htmo"[kind]) + ":" + std::to_string(++made[kind]) +
                                         ":" + std::string(random() % 900, 'x'));
        if (kind == 3) {
          out.append(bytes);
        } else {
          logs[kind]->append(made[kind], std::as_bytes(std::span(bytes.data(), bytes.size())));
        }
      }
      NoticeFrame notice;
      if (kind == 4) {
        board = framed("b:" + std::to_string(++boards) + ":" + std::string(random() % 3000, 'x'));
        notice = {boards, board};
      }
      const FlushResult result = path.flush(cursor, kind == 4 ? &notice : nullptr);
      REQUIRE(result != FlushResult::kBroken);
      if (kind == 5 && random() % 4 == 0) REQUIRE(path.keep_half_frame(cursor));
      reader.read(pair.ends[1], random() % 3000 + 1);
    }
    for (int i = 0; i < 3000; ++i) {
      path.flush(cursor, nullptr);
      reader.read(pair.ends[1], 4096);
    }
    std::array<std::uint64_t, 4> seen{};
    std::uint64_t last_board = 0;
    for (const std::string& payload : reader.payloads) {
      const std::uint64_t number = std::stoull(payload.substr(2));
      if (payload[0] == 'b') {
        REQUIRE(number > last_board);
        last_board = number;
        continue;
      }
      const std::size_t kind = std::string_view("htmo").find(payload[0]);
      REQUIRE(kind < 4);
      REQUIRE(number == ++seen[kind]);
    }
    CHECK(reader.in.empty());
    CHECK(seen == made);
    CHECK(path.counters().blocked > 0);
  }
}

TEST_CASE("a peer that is gone breaks the connection and nothing else") {
  Pair pair(2048);
  ::shutdown(pair.ends[1], SHUT_RDWR);
  LargeBuffers pool;
  OutBuffer out{pool};
  out.append("bytes");
  SendCursor cursor;
  cursor.fd = pair.ends[0];
  cursor.out = &out;
  SendPath path;
  CHECK(path.flush(cursor, nullptr) == FlushResult::kBroken);
}

}  // namespace
}  // namespace cairn::net
