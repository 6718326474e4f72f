// Counts of latencies in log-linear buckets: a value is known to within 1/128 of itself, the maximum exactly.
//
// Owner: whoever records. Threads: one. Bounds: 34 KiB each; values from 0 to 2^40 µs (13 days), larger ones
// count in the last bucket. When full: never, counts are 64 bits wide.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace cairn::crowd {

// The five figures that the reports give, in microseconds.
struct Percentiles {
  std::uint64_t p50 = 0;
  std::uint64_t p90 = 0;
  std::uint64_t p99 = 0;
  std::uint64_t p99_9 = 0;
  std::uint64_t max = 0;
};

class Histogram {
 public:
  static constexpr unsigned kSubBits = 7;
  static constexpr unsigned kValueBits = 40;

  void record(std::uint64_t value_us) {
    ++buckets_[bucket_of(value_us)];
    ++count_;
    if (value_us > max_) max_ = value_us;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::uint64_t max() const { return max_; }

  // The smallest recorded value (as its bucket's upper end, never above max) that `share` of all do not
  // exceed.
  [[nodiscard]] std::uint64_t at_share(double share) const;
  [[nodiscard]] Percentiles percentiles() const;
  void clear();

 private:
  static constexpr std::uint64_t kSubCount = 1ULL << kSubBits;
  static constexpr std::size_t kBuckets = (kValueBits - kSubBits + 1) * kSubCount;

  static std::size_t bucket_of(std::uint64_t value) {
    if (value < kSubCount) return static_cast<std::size_t>(value);
    const auto width = static_cast<unsigned>(std::bit_width(value));
    if (width > kValueBits) return kBuckets - 1;
    const unsigned shift = width - kSubBits - 1;
    // The top bit is always set, so the seven bits below it name the bucket inside its power of two.
    return static_cast<std::size_t>((shift + 1) * kSubCount + ((value >> shift) - kSubCount));
  }
  static std::uint64_t upper_end(std::size_t bucket);

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace cairn::crowd
