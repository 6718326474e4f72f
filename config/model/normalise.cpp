#include "config/model/normalise.hpp"

#include "config/model/latin_letters.hpp"
#include "config/model/utf8.hpp"

namespace cairn::config {
namespace {

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Controls, the soft hyphen, marks of direction and zero width: nobody sees them, so they never count.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF;
}

bool is_punctuation(char32_t c) {
  if (c < 0x80)
    return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || (c > 'z' && c < 0x7F);
  if (c < 0xC0) return c != 0xAA && c != 0xB2 && c != 0xB3 && c != 0xB5 && !(c >= 0xB9 && c <= 0xBA);
  return c == 0xD7 || c == 0xF7 || (c >= 0x02B0 && c <= 0x02FF) || (c >= 0x2010 && c <= 0x205E) ||
         (c >= 0x2190 && c <= 0x27BF) || (c >= 0x3001 && c <= 0x301F);
}

bool is_combining(char32_t c) { return c >= 0x0300 && c <= 0x036F; }

const LatinLetter* latin(char32_t c) {
  if (c >= 0x00C0 && c <= 0x024F && c != 0xD7 && c != 0xF7) return &kLatinFirst[c - 0x00C0];
  if (c >= 0x1E00 && c <= 0x1EFF) return &kLatinAdditional[c - 0x1E00];
  return nullptr;
}

// Small letters of the scripts that a city's players are likely to type.
char32_t small(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (const LatinLetter* letter = latin(c)) return letter->small;
  if (c == 0x03C2) return 0x03C3;                                // the final sigma
  if (c >= 0x0391 && c <= 0x03AB && c != 0x03A2) return c + 32;  // Greek
  if (c == 0x0386) return 0x03AC;
  if (c >= 0x0388 && c <= 0x038A) return c + 37;
  if (c == 0x038C) return 0x03CC;
  if (c == 0x038E || c == 0x038F) return c + 63;
  if (c >= 0x0410 && c <= 0x042F) return c + 32;  // Cyrillic
  if (c >= 0x0400 && c <= 0x040F) return c + 80;
  return c;
}

struct Writer {
  char* out;
  std::size_t capacity;
  std::size_t size = 0;
  bool full = false;

  void byte(unsigned value) {
    if (size == capacity) {
      full = true;
      return;
    }
    out[size++] = static_cast<char>(static_cast<unsigned char>(value));
  }

  void put(char32_t c) {
    const auto v = static_cast<unsigned>(c);
    if (v < 0x80) return byte(v);
    if (v < 0x800) {
      byte(0xC0U | (v >> 6));
    } else {
      if (v < 0x10000) {
        byte(0xE0U | (v >> 12));
      } else {
        byte(0xF0U | (v >> 18));
        byte(0x80U | ((v >> 12) & 0x3FU));
      }
      byte(0x80U | ((v >> 6) & 0x3FU));
    }
    byte(0x80U | (v & 0x3FU));
  }
};

void put_letter(Writer& writer, char32_t c, const Normalisation& rules) {
  const LatinLetter* letter = rules.fold_accents ? latin(c) : nullptr;
  if (letter != nullptr && letter->plain[0] != '\0') {
    const bool stay_capital = !rules.fold_case && letter->small != c;
    for (std::size_t i = 0; i < 2 && letter->plain[i] != '\0'; ++i) {
      const char plain = letter->plain[i];
      writer.put(static_cast<unsigned char>(stay_capital ? plain - 32 : plain));
    }
    return;
  }
  writer.put(rules.fold_case ? small(c) : c);
}

}  // namespace

std::optional<std::size_t> normalise(std::string_view text, const Normalisation& rules, char* out,
                                     std::size_t capacity) {
  Writer writer{out, capacity};
  bool space_waits = false;
  for (std::size_t at = 0; at < text.size();) {
    auto [c, bytes] = decode_utf8(text, at);
    if (bytes == 0) return std::nullopt;
    at += bytes;
    if (is_space(c)) {
      // Spaces that stay are one between words and none at the ends.
      space_waits = !rules.strip_spaces && writer.size > 0;
      continue;
    }
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms of ASCII
    if (is_invisible(c)) continue;
    if (rules.strip_punctuation && is_punctuation(c)) continue;
    if (rules.fold_accents && is_combining(c)) continue;
    if (space_waits) writer.put(' ');
    space_waits = false;
    put_letter(writer, c, rules);
    if (writer.full) return std::nullopt;
  }
  return writer.size;
}

}  // namespace cairn::config
