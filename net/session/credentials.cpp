#include "net/session/credentials.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <charconv>

#include "bus/assert.hpp"
#include "bus/hex.hpp"

namespace cairn::net {
namespace {

constexpr std::string_view kLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // 32: no 0, 1, I, O

void append_hex(SecretText& out, std::span<const std::byte> bytes) {
  for (const std::byte b : bytes) out.append({bus::hex(b).data(), 2});
}

}  // namespace

void SecretText::append(std::string_view text) {
  CAIRN_ASSERT(text.size() <= text_.size() - size_);
  text.copy(text_.data() + size_, text.size());
  size_ += text.size();
}

actors::Hash sha256(std::string_view text) {
  actors::Hash hash{};
  unsigned int bytes = 0;
  const int ok = EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(hash.data()), &bytes,
                            EVP_sha256(), nullptr);
  CAIRN_ASSERT(ok == 1 && bytes == hash.size());
  return hash;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretText Credentials::make_token() {
  std::array<std::byte, 32> bytes{};
  random_.fill(bytes);
  SecretText token;
  append_hex(token, bytes);
  return token;
}

// 32 letters, so a byte's lower five bits choose among them evenly.
void Credentials::append_letters(SecretText& out, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    std::byte b{};
    random_.fill({&b, 1});
    out.append(kLetters.substr(static_cast<std::size_t>(b) & 31U, 1));
  }
}

SecretText Credentials::make_recovery_code() {
  SecretText code;
  for (int group = 0; group < 3; ++group) {
    if (group > 0) code.append("-");
    append_letters(code, actors::kJoinCodeBytes);
  }
  return code;
}

SecretText Credentials::make_join_code() {
  SecretText code;
  append_letters(code, actors::kJoinCodeBytes);
  return code;
}

std::uint64_t Credentials::make_number() {
  std::uint64_t number = 0;
  random_.fill(std::as_writable_bytes(std::span(&number, 1)));
  return number;
}

SecretText Credentials::resume_token(actors::PlayerIndex player, const actors::Hash& token_hash) const {
  std::array<std::byte, sizeof(std::uint32_t) + sizeof(actors::Hash)> subject{};
  const auto number = static_cast<std::uint32_t>(player);
  std::copy_n(std::as_bytes(std::span(&number, 1)).begin(), sizeof number, subject.begin());
  std::copy(token_hash.begin(), token_hash.end(), subject.begin() + sizeof number);
  std::array<std::byte, 32> mac{};
  unsigned int bytes = 0;
  HMAC(EVP_sha256(), secret_.data(), static_cast<int>(secret_.size()),
       reinterpret_cast<const unsigned char*>(subject.data()), subject.size(),
       reinterpret_cast<unsigned char*>(mac.data()), &bytes);
  CAIRN_ASSERT(bytes == mac.size());
  SecretText token;
  if (player == actors::kNoPlayer) {
    token.append("s");
  } else {
    std::array<char, 12> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    token.append("r");
    token.append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }
  token.append(".");
  append_hex(token, mac);
  return token;
}

std::optional<Credentials::Claim> Credentials::claim_of(std::string_view token) {
  const std::size_t dot = token.find('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  if (token.substr(0, dot) == "s") return Claim{};
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(token.data() + 1, token.data() + dot, number);
  if (token[0] != 'r' || error != std::errc{} || end != token.data() + dot) return std::nullopt;
  return Claim{actors::PlayerIndex{number}};
}

bool Credentials::matches(std::string_view token, actors::PlayerIndex player,
                          const actors::Hash& token_hash) const {
  return equal_in_constant_time(token, resume_token(player, token_hash));
}

std::string_view tidy_code(std::string_view typed, std::span<char> out) {
  std::size_t size = 0;
  for (char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (size == out.size()) return {};
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out[size++] = c;
  }
  return {out.data(), size};
}

}  // namespace cairn::net
