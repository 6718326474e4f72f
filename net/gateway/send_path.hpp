// Writes to one socket all that is pending for it, in as few calls as may be: the rest of a half-written
// frame, what is the connection's own, then its streams from the cursors to the ends of their logs, then a
// notice.
//
// Sources change only where a frame ends. Owner: a core's gateway. Threads: its loop's, within a turn (it
// reads the logs). Bounds: kSendBytesMax a call, and a few calls a flush; what is left waits for the next
// turn.
#pragma once

#include <cstdint>
#include <string_view>

#include "net/gateway/send_cursor.hpp"

namespace cairn::net {

enum class FlushResult : std::uint8_t {
  kDrained,  // nothing is pending
  kMore,     // this flush has done its share
  kBlocked,  // the kernel takes no more: wait until the socket is writable
  kBroken    // the connection is gone, or what it had half written is: abort it
};

struct SendCounters {
  std::uint64_t sends = 0;
  std::uint64_t bytes = 0;
  std::uint64_t blocked = 0;
};

// The latest board as a frame, for those who have an older one.
struct NoticeFrame {
  std::uint64_t version = 0;
  std::string_view frame;
};

class SendPath {
 public:
  // `notice` may be null: none is due.
  FlushResult flush(SendCursor& cursor, const NoticeFrame* notice);

  // Takes what is left of a half-written frame of a stream to the front of the connection's own bytes, so
  // that its cursor may be moved. False: it has left the window.
  bool keep_half_frame(SendCursor& cursor);

  [[nodiscard]] const SendCounters& counters() const { return counters_; }

 private:
  struct Gathered;
  void gather(SendCursor& cursor, const NoticeFrame* notice, Gathered& all) const;
  bool settle(SendCursor& cursor, const Gathered& all, std::size_t written) const;

  SendCounters counters_;
};

}  // namespace cairn::net
