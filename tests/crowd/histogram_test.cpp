// Goal: percentiles are right to within the stated 1/128. Breaks: the limits of buckets, huge values, few
// values.
#include "tools/crowd/histogram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tools/crowd/random.hpp"

using namespace cairn::crowd;

TEST_CASE("an empty histogram answers zero") {
  const auto histogram = std::make_unique<Histogram>();
  CHECK(histogram->at_share(0.99) == 0);
  CHECK(histogram->percentiles().max == 0);
}

TEST_CASE("small values are kept exactly") {
  const auto histogram = std::make_unique<Histogram>();
  for (std::uint64_t value = 1; value <= 100; ++value) histogram->record(value);
  const Percentiles figures = histogram->percentiles();
  CHECK(figures.p50 == 50);
  CHECK(figures.p90 == 90);
  CHECK(figures.p99 == 99);
  CHECK(figures.p99_9 == 100);
  CHECK(figures.max == 100);
}

TEST_CASE("every percentile is within 1/128 of the sorted values' own") {
  const auto histogram = std::make_unique<Histogram>();
  Random random(7);
  std::vector<std::uint64_t> values;
  for (int count = 0; count < 20000; ++count) {
    // Spread over nine decades, as latencies are when things go wrong.
    const auto value = static_cast<std::uint64_t>(std::pow(10.0, random.unit() * 9));
    values.push_back(value);
    histogram->record(value);
  }
  std::sort(values.begin(), values.end());
  for (const double share : {0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    CAPTURE(share);
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    const std::uint64_t exact = values[rank - 1];
    const std::uint64_t told = histogram->at_share(share);
    CHECK(told >= exact);
    CHECK(static_cast<double>(told - exact) <= static_cast<double>(exact) / 128 + 1);
  }
  CHECK(histogram->max() == values.back());
}

TEST_CASE("values at the limits of powers of two fall into their own buckets") {
  for (unsigned bit = 0; bit < Histogram::kValueBits; ++bit) {
    const auto histogram = std::make_unique<Histogram>();
    const std::uint64_t value = 1ULL << bit;
    histogram->record(value);
    histogram->record(value * 2);
    CHECK(histogram->at_share(0.5) >= value);
    CHECK(histogram->at_share(0.5) <= value + value / 128);
  }
}

TEST_CASE("a value beyond the range counts, and the maximum stays exact") {
  const auto histogram = std::make_unique<Histogram>();
  histogram->record(UINT64_MAX);
  CHECK(histogram->count() == 1);
  CHECK(histogram->max() == UINT64_MAX);
}

TEST_CASE("a cleared histogram forgets") {
  const auto histogram = std::make_unique<Histogram>();
  histogram->record(5);
  histogram->clear();
  CHECK(histogram->count() == 0);
  CHECK(histogram->at_share(0.5) == 0);
}
