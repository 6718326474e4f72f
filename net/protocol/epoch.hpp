// What a stream's offsets are counted from: the hunt, its data directory, and whose stream it is. It changes
// when data was lost, or when a player's stream is of something else; offsets of another epoch mean nothing.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "net/limits.hpp"

namespace cairn::net {

class EpochText {
 public:
  void append(std::string_view text) {
    const std::size_t bytes = text.size() < text_.size() - size_ ? text.size() : text_.size() - size_;
    text.copy(text_.data() + size_, bytes);
    size_ += bytes;
  }
  operator std::string_view() const { return {text_.data(), size_}; }  // NOLINT: it is a text

 private:
  std::array<char, kEpochBytesMax> text_{};
  std::size_t size_ = 0;
};

class Epochs {
 public:
  Epochs(std::string_view hunt_id, std::string_view data_id)
      : prefix_(std::string(hunt_id) + "-" + std::string(data_id) + "/") {}
  [[nodiscard]] EpochText of(actors::StreamId stream) const;

 private:
  std::string prefix_;
};

}  // namespace cairn::net
