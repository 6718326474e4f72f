#include "tools/crowd/codec.hpp"

#include <openssl/sha.h>

#include <cstring>

#include "tools/crowd/random.hpp"

namespace cairn::crowd {
namespace {

constexpr std::size_t kControlBytesMax = 125;
constexpr std::string_view kAcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string base64(const unsigned char* bytes, std::size_t count) {
  static constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < count; at += 3) {
    unsigned group = static_cast<unsigned>(bytes[at]) << 16;
    if (at + 1 < count) group |= static_cast<unsigned>(bytes[at + 1]) << 8;
    if (at + 2 < count) group |= bytes[at + 2];
    out += kLetters[group >> 18 & 63];
    out += kLetters[group >> 12 & 63];
    out += at + 1 < count ? kLetters[group >> 6 & 63] : '=';
    out += at + 2 < count ? kLetters[group & 63] : '=';
  }
  return out;
}

bool is_known(unsigned opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

HeadRead read_head(std::string_view bytes, FrameHead& head) {
  if (bytes.size() < 2) return HeadRead::incomplete;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  const unsigned opcode = first & 0x0fU;
  if ((first & 0x70U) != 0 || (second & 0x80U) != 0 || !is_known(opcode)) return HeadRead::malformed;
  head.fin = (first & 0x80U) != 0;
  head.opcode = static_cast<Opcode>(opcode);
  const std::size_t short_bytes = second & 0x7fU;
  if (opcode >= 8 && (!head.fin || short_bytes > kControlBytesMax)) return HeadRead::malformed;
  if (short_bytes < 126) {
    head.head_bytes = 2;
    head.payload_bytes = short_bytes;
    return HeadRead::complete;
  }
  const std::size_t length_bytes = short_bytes == 126 ? 2 : 8;
  if (bytes.size() < 2 + length_bytes) return HeadRead::incomplete;
  head.head_bytes = static_cast<std::uint8_t>(2 + length_bytes);
  head.payload_bytes = big_endian(bytes.substr(2, length_bytes));
  const bool shortest = length_bytes == 2 ? head.payload_bytes >= 126 : head.payload_bytes >= 65536;
  return shortest && head.payload_bytes < (1ULL << 62) ? HeadRead::complete : HeadRead::malformed;
}

void append_client_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask) {
  const std::size_t bytes = payload.size();
  out += static_cast<char>(0x80U | static_cast<unsigned>(opcode));
  if (bytes < 126) {
    out += static_cast<char>(0x80U | bytes);
  } else {
    const bool medium = bytes < 65536;
    out += static_cast<char>(0x80U | (medium ? 126U : 127U));
    for (int shift = medium ? 8 : 56; shift >= 0; shift -= 8)
      out += static_cast<char>(bytes >> shift & 0xffU);
  }
  char key[4];
  std::memcpy(key, &mask, 4);
  out.append(key, 4);
  const std::size_t start = out.size();
  out.append(payload);
  for (std::size_t at = 0; at < bytes; ++at)
    out[start + at] = static_cast<char>(out[start + at] ^ key[at & 3]);
}

std::string handshake_key(std::uint64_t number) {
  const std::uint64_t words[2] = {mix64(number), mix64(~number)};
  unsigned char bytes[16];
  std::memcpy(bytes, words, 16);
  return base64(bytes, sizeof bytes);
}

std::string handshake_accept(std::string_view key) {
  std::string text(key);
  text += kAcceptGuid;
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  return base64(digest, sizeof digest);
}

std::uint16_t close_code(std::string_view payload) {
  if (payload.size() < 2) return 1005;
  return static_cast<std::uint16_t>(big_endian(payload.substr(0, 2)));
}

}  // namespace cairn::crowd
