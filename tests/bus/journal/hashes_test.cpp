// Goal: the CRC and the hash are the published ones, for every length and cut. Breaks: tables, tails, block
// borders.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bus/hex.hpp"
#include "bus/journal/blake2b.hpp"
#include "bus/journal/chain.hpp"
#include "bus/journal/crc32c.hpp"
#include "bus/random.hpp"

using namespace cairn::bus;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

template <std::size_t N>
std::string blake2b(std::span<const std::byte> bytes) {
  Blake2b hash(N);
  hash.update(bytes);
  std::array<std::byte, N> digest;
  hash.finish(digest);
  return hex(digest);
}

}  // namespace

TEST_CASE("the CRC gives the known answers of RFC 3720") {
  std::vector<std::byte> zeros(32, std::byte{0});
  std::vector<std::byte> ones(32, std::byte{0xff});
  std::vector<std::byte> rising(32);
  for (std::size_t i = 0; i < 32; ++i) rising[i] = static_cast<std::byte>(i);
  for (auto* crc : {&crc32c, &crc32c_by_tables}) {
    CHECK(crc(0, bytes_of("123456789")) == 0xe3069283U);
    CHECK(crc(0, zeros) == 0x8a9136aaU);
    CHECK(crc(0, ones) == 0x62a8ab43U);
    CHECK(crc(0, rising) == 0x46dd794eU);
    CHECK(crc(0, {}) == 0U);
  }
}

TEST_CASE("the CRC by instruction and by tables agree for every length and every cut") {
  SeededRandom random(7);
  std::vector<std::byte> bytes(67);
  random.fill(bytes);
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const auto whole = std::span<const std::byte>(bytes).first(length);
    const std::uint32_t expected = crc32c_by_tables(0, whole);
    CHECK(crc32c(0, whole) == expected);
    for (std::size_t cut = 0; cut <= length; ++cut) {
      CHECK(crc32c(crc32c(0, whole.first(cut)), whole.subspan(cut)) == expected);
    }
  }
}

TEST_CASE("the hash gives the known answers") {
  // RFC 7693, appendix A; and BLAKE2's published answers for the empty string.
  CHECK(blake2b<64>(bytes_of("abc")) ==
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  CHECK(blake2b<64>({}) ==
        "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
        "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce");
  CHECK(blake2b<16>({}) == "cae66941d9efbd404e4d88758ea67670");
}

TEST_CASE("the hash gives the known answers round its blocks, in one piece and in many") {
  // Of the bytes 0, 1, 2, ...; the answers are those of the reference implementation (as in Python's
  // hashlib).
  const std::pair<std::size_t, std::string> answers[] = {{127, "28b1296c7d4807883de6ee4ec04dcc0a"},
                                                         {128, "a74787004ef589e31149183900d0294a"},
                                                         {129, "aaf1b0371f6d4ee49ee4fb5ddd9c49ef"},
                                                         {255, "192657d8c2d07da4ee7beb8c6f9951f4"},
                                                         {256, "c2472c0ac37a8dbdb25f05ada0d82643"}};
  std::vector<std::byte> rising(256);
  for (std::size_t i = 0; i < rising.size(); ++i) rising[i] = static_cast<std::byte>(i);
  for (const auto& [length, answer] : answers) {
    const auto whole = std::span<const std::byte>(rising).first(length);
    CHECK(blake2b<16>(whole) == answer);
    for (const std::size_t piece : {1U, 7U, 64U, 128U, 200U}) {
      Blake2b hash(16);
      for (std::size_t at = 0; at < length; at += piece) {
        hash.update(whole.subspan(at, std::min(piece, length - at)));
      }
      std::array<std::byte, 16> digest;
      hash.finish(digest);
      CHECK(hex(digest) == answer);
    }
  }
}

TEST_CASE("a link differs when anything before it or in it differs") {
  const ChainLink first = first_link("harbour", "0123456789abcdef");
  CHECK(first != first_link("harbour0", "123456789abcdef"));
  const ChainLink link = next_link(first, 1, bytes_of("body"), bytes_of("offsets"));
  CHECK(link != next_link(first, 2, bytes_of("body"), bytes_of("offsets")));
  CHECK(link != next_link(first, 1, bytes_of("bodyo"), bytes_of("ffsets")));
  CHECK(link != next_link(link, 1, bytes_of("body"), bytes_of("offsets")));
  CHECK(link == next_link(first, 1, bytes_of("body"), bytes_of("offsets")));
}
