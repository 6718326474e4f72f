// What is for one connection alone and not yet written: replies, control frames, answers of HTTP.
//
// Owner: a connection. Threads: its core's loop. Bounds: the connection checks pending() against
// kPendingBytesMax.
#pragma once

#include <string_view>

#include "net/limits.hpp"
#include "net/protocol/frame.hpp"
#include "net/protocol/text_buffer.hpp"

namespace cairn::net {

class OutBuffer {
 public:
  void append(std::string_view bytes) { buffer_.append(bytes); }
  void append_frame(Opcode opcode, std::string_view payload) {
    std::byte head[10];
    const std::size_t head_bytes = write_frame_head(opcode, payload.size(), head);
    append({reinterpret_cast<const char*>(head), head_bytes});
    append(payload);
  }
  [[nodiscard]] std::size_t pending() const { return buffer_.size() - sent_; }
  [[nodiscard]] std::string_view view() const { return buffer_.view().substr(sent_); }
  // Gives a large buffer back once it is empty, and keeps a small one.
  void consume(std::size_t bytes) {
    sent_ += bytes;
    if (sent_ < buffer_.size()) return;
    sent_ = 0;
    if (buffer_.capacity() > kPrivateKeepBytes) {
      buffer_.release();
    } else {
      buffer_.clear();
    }
  }
  void clear() { consume(pending()); }

 private:
  TextBuffer buffer_;
  std::size_t sent_ = 0;
};

}  // namespace cairn::net
