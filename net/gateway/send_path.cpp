#include "net/gateway/send_path.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>

#include "bus/assert.hpp"
#include "bus/quirks.hpp"
#include "bus/stream/frame.hpp"
#include "net/limits.hpp"

namespace cairn::net {
namespace {

constexpr std::size_t kSlots = 24;
constexpr int kCallsPerFlush = 4;
// In the order in which they are sent: who waits for a reply, then the team, the player, everybody.
constexpr std::array<std::size_t, kPlayerStreams> kOrder = {1, 2, 0};

enum class Source : std::uint8_t { kHalf, kOwn, kStream, kNotice };

// How much of the frame that `position` lies in is left; 0 if a frame begins there. `from` is an earlier
// beginning. False: the frame has left the window.
bool rest_of_frame(const bus::StreamLog& log, std::uint64_t from, std::uint64_t position,
                   std::uint32_t& rest) {
  const std::uint64_t start = log.boundary_before(from, position);
  rest = 0;
  if (start == position) return true;
  std::array<iovec, 2> head;
  const auto slice = log.read(start, head, bus::kFrameHeadBytesMax);
  if (slice.count == 0) return false;
  const auto bytes = bus::frame_bytes({static_cast<const std::byte*>(head[0].iov_base), head[0].iov_len});
  const std::uint64_t end = start + bytes;
  if (bytes == 0 || end < position) return false;
  rest = static_cast<std::uint32_t>(end - position);
  return true;
}

}  // namespace

struct SendPath::Gathered {
  struct Part {
    Source source{};
    std::size_t stream = 0;
    std::size_t bytes = 0;
    std::uint64_t next = 0;  // a stream's position when all of it is written
  };
  std::array<iovec, kSlots> slots;
  std::size_t slot_count = 0;
  std::size_t bytes = 0;
  std::array<Part, kPlayerStreams + 3> parts;
  std::size_t part_count = 0;
  bool is_full = false;
  std::uint64_t notice_version = 0;
  std::string_view notice;

  [[nodiscard]] std::size_t room() const { return is_full ? 0 : kSendBytesMax - bytes; }
  void add_text(Source source, std::string_view text) {
    if (text.empty() || is_full) return;
    const std::size_t taken = std::min(text.size(), room());
    slots[slot_count++] = {const_cast<char*>(text.data()), taken};
    parts[part_count++] = {source, 0, taken, 0};
    bytes += taken;
    if (taken < text.size() || slot_count == kSlots) is_full = true;
  }
  void add_stream(Source source, std::size_t stream, const bus::StreamLog& log, std::uint64_t position,
                  std::size_t bytes_max) {
    if (is_full) return;
    const auto slice = log.read(position, std::span(slots).subspan(slot_count), std::min(bytes_max, room()));
    if (slice.count == 0) return;
    slot_count += slice.count;
    parts[part_count++] = {source, stream, slice.bytes, slice.next};
    bytes += slice.bytes;
    // Whoever ran into a limit ends the call, so that no later source overtakes what is left of this one.
    if (slot_count == kSlots || bytes == kSendBytesMax) is_full = true;
  }
};

void SendPath::gather(SendCursor& cursor, const NoticeFrame* notice, Gathered& all) const {
  if (cursor.half_bytes > 0) {
    const std::size_t s = cursor.half_stream;
    all.add_stream(Source::kHalf, s, *cursor.logs[s], cursor.positions[s], cursor.half_bytes);
    if (all.bytes < cursor.half_bytes) return;
  }
  all.add_text(Source::kOwn, cursor.out->view());
  for (const std::size_t s : kOrder) {
    if (!cursor.follows(s) || cursor.logs[s] == nullptr) continue;
    std::uint64_t from = cursor.positions[s];
    if (cursor.half_bytes > 0 && cursor.half_stream == s) from += cursor.half_bytes;
    all.add_stream(Source::kStream, s, *cursor.logs[s], from, kSendBytesMax);
  }
  if (notice != nullptr && notice->version > cursor.leaderboard_version) {
    all.notice_version = notice->version;
    all.notice = notice->frame;
    all.add_text(Source::kNotice, notice->frame);
  }
}

// Moves the cursors by what was written. False: a half-written frame has left the window.
bool SendPath::settle(SendCursor& cursor, const Gathered& all, std::size_t written) const {
  for (std::size_t i = 0; i < all.part_count && written > 0; ++i) {
    const Gathered::Part& part = all.parts[i];
    const std::size_t taken = std::min(written, part.bytes);
    written -= taken;
    switch (part.source) {
      case Source::kHalf:
        cursor.positions[part.stream] += taken;
        cursor.half_bytes -= static_cast<std::uint32_t>(taken);
        break;
      case Source::kOwn: cursor.out->consume(taken); break;
      case Source::kStream: {
        const bus::StreamLog& log = *cursor.logs[part.stream];
        const std::uint64_t from = cursor.positions[part.stream];
        cursor.positions[part.stream] = taken == part.bytes ? part.next : log.advance(from, taken);
        // A part that was cut by a limit may end inside a frame too, though all of it was written.
        std::uint32_t rest = 0;
        const bool may_be_cut = taken < part.bytes || all.is_full;
        if (may_be_cut && !rest_of_frame(log, from, cursor.positions[part.stream], rest)) return false;
        cursor.half_stream = static_cast<std::uint8_t>(part.stream);
        cursor.half_bytes = rest;
        break;
      }
      case Source::kNotice:
        cursor.leaderboard_version = all.notice_version;
        // All before it is written, so its rest is the connection's own next.
        if (taken < all.notice.size()) cursor.out->append(all.notice.substr(taken));
        break;
    }
  }
  return true;
}

FlushResult SendPath::flush(SendCursor& cursor, const NoticeFrame* notice) {
  for (int call = 0; call < kCallsPerFlush; ++call) {
    Gathered all;
    gather(cursor, notice, all);
    if (all.bytes == 0) return cursor.half_bytes > 0 ? FlushResult::kBroken : FlushResult::kDrained;
    msghdr message{};
    message.msg_iov = all.slots.data();
    message.msg_iovlen = all.slot_count;
    if (bus::strikes(bus::Quirk::kWritesLittle)) {
      message.msg_iovlen = 1;
      all.slots[0].iov_len = std::min<std::size_t>(all.slots[0].iov_len, 3);
    }
    const ssize_t written = ::sendmsg(cursor.fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    ++counters_.sends;
    if (written < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return FlushResult::kBroken;
      ++counters_.blocked;
      return FlushResult::kBlocked;
    }
    counters_.bytes += static_cast<std::size_t>(written);
    if (!settle(cursor, all, static_cast<std::size_t>(written))) return FlushResult::kBroken;
    if (static_cast<std::size_t>(written) < all.bytes) {
      ++counters_.blocked;
      return FlushResult::kBlocked;
    }
    if (!all.is_full) return FlushResult::kDrained;
  }
  return FlushResult::kMore;
}

bool SendPath::keep_half_frame(SendCursor& cursor) {
  if (cursor.half_bytes == 0) return true;
  const std::size_t s = cursor.half_stream;
  std::array<iovec, 2> pieces;
  const auto slice = cursor.logs[s]->read(cursor.positions[s], pieces, cursor.half_bytes);
  if (slice.bytes < cursor.half_bytes) return false;
  std::string front;
  for (std::size_t i = 0; i < slice.count; ++i)
    front.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
  front.append(cursor.out->view());
  cursor.out->clear();
  cursor.out->append(front);
  cursor.positions[s] += cursor.half_bytes;
  cursor.half_bytes = 0;
  return true;
}

}  // namespace cairn::net
