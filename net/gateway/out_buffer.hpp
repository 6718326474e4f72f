// What is for one connection alone and not yet written: replies, control frames, answers of HTTP. A small buffer that is
// kept; while more waits than fits there, a large one that is shared by all connections of the core in turn.
//
// Owner: a connection. Threads: its core's loop. Bounds: the connection checks pending() against kPendingBytesMax.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "net/gateway/large_buffers.hpp"
#include "net/limits.hpp"
#include "net/protocol/frame.hpp"
#include "net/protocol/text_buffer.hpp"

namespace cairn::net {

class OutBuffer {
 public:
  explicit OutBuffer(LargeBuffers& pool) : pool_(&pool) {}
  ~OutBuffer() { release_large(); }
  OutBuffer(const OutBuffer&) = delete;
  OutBuffer& operator=(const OutBuffer&) = delete;

  void append(std::string_view bytes) {
    make_room(bytes.size());
    now().append(bytes);
  }
  void append_frame(Opcode opcode, std::string_view payload) {
    std::byte head[10];
    const std::size_t head_bytes = write_frame_head(opcode, payload.size(), head);
    make_room(head_bytes + payload.size());
    now().append({reinterpret_cast<const char*>(head), head_bytes});
    now().append(payload);
  }
  [[nodiscard]] std::size_t pending() const { return now().size() - sent_; }
  [[nodiscard]] std::string_view view() const { return now().view().substr(sent_); }
  void consume(std::size_t bytes) {
    sent_ += bytes;
    if (sent_ < now().size()) return;
    sent_ = 0;
    now().clear();
    release_large();
  }
  void clear() { consume(pending()); }

 private:
  [[nodiscard]] TextBuffer& now() { return large_.capacity() > 0 ? large_ : small_; }
  [[nodiscard]] const TextBuffer& now() const { return large_.capacity() > 0 ? large_ : small_; }

  void make_room(std::size_t bytes) {
    const std::size_t wanted = now().size() + bytes;
    if (wanted <= now().capacity()) return;
    // The small one is made once, in one go, so that it does not creep up frame by frame.
    if (wanted <= kPrivateKeepBytes)
      return small_.grow(wanted <= kUsualBytes ? kUsualBytes : kPrivateKeepBytes, small_.size());
    TextBuffer larger = pool_->take(std::max(wanted, 2 * now().size()));
    larger.append(view());
    sent_ = 0;
    small_.clear();
    release_large();
    large_ = std::move(larger);
  }
  void release_large() {
    if (large_.capacity() > 0) pool_->give_back(std::exchange(large_, {}));
  }

  // A few replies or a score and a board's tail.
  static constexpr std::size_t kUsualBytes = 1024;

  LargeBuffers* pool_;
  TextBuffer small_;
  TextBuffer large_;
  std::size_t sent_ = 0;
};

}  // namespace cairn::net
