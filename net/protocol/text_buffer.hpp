// Bytes that grow and are used again: clear() keeps the memory, and nothing is ever zeroed.
//
// Owner: a core, for what it encodes one message at a time. Threads: its owner's. Bounds: the writer's.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace cairn::net {

class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(TextBuffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  TextBuffer& operator=(TextBuffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  [[nodiscard]] char* data() { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
  void clear() { size_ = 0; }
  // bytes <= capacity(); what lies between was written through data().
  void set_size(std::size_t bytes) { size_ = bytes; }
  // Keeps the first `keep_bytes` bytes, whatever size() says.
  void grow(std::size_t capacity, std::size_t keep_bytes) {
    if (capacity <= capacity_) return;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    if (keep_bytes > 0) std::memcpy(larger.get(), data_.get(), keep_bytes);
    data_ = std::move(larger);
    capacity_ = capacity;
  }
  void append(std::string_view text) {
    if (text.empty()) return;
    if (capacity_ - size_ < text.size()) grow(std::max(capacity_ * 2, size_ + text.size()), size_);
    std::memcpy(data_.get() + size_, text.data(), text.size());
    size_ += text.size();
  }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace cairn::net
