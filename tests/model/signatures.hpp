// The states that the explorer has met, each as a signature of 64 bits.
//
// Owner: the Explorer. Threads: one. Bounds: what memory holds; it doubles when half full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cairn::model {

// The finisher of SplitMix64 (Steele, Lea, Flood, 2014) over both.
inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t z = a * 0x9e3779b97f4a7c15ULL + b + 0x7f4a7c159e3779b9ULL;
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

class Signatures {
 public:
  // False: it was there.
  bool add(std::uint64_t signature) {
    if (signature == 0) signature = 1;  // 0 marks a free slot
    if (2 * size_ >= slots_.size()) grow();
    std::uint64_t& slot = find(signature);
    if (slot == signature) return false;
    slot = signature;
    ++size_;
    return true;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::uint64_t& find(std::uint64_t signature) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = signature & mask;
    while (slots_[i] != 0 && slots_[i] != signature) i = (i + 1) & mask;
    return slots_[i];
  }
  void grow() {
    const std::vector<std::uint64_t> old =
        std::exchange(slots_, std::vector<std::uint64_t>(2 * slots_.size()));
    for (const std::uint64_t signature : old)
      if (signature != 0) find(signature) = signature;
  }

  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1U << 16U);
  std::size_t size_ = 0;
};

}  // namespace cairn::model
