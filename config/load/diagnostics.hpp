// A finding about a hunt's files: where it is, what it is called, what is wrong and what to do about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::config {

enum class Severity : std::uint8_t { kNote, kWarning, kError };

[[nodiscard]] std::string_view to_text(Severity severity);

struct Diagnostic {
  std::string file;          // relative to the hunt's folder
  std::uint32_t line = 1;    // from 1
  std::uint32_t column = 1;  // in characters, from 1
  Severity severity = Severity::kError;
  std::string code;   // snake_case, stable
  std::string field;  // JSON pointer within the file
  std::string message;
  std::string fix;  // empty where there is none to offer
};

// `file:line:column: severity: code: message (fix)`; `folder` is put before the file unless it is empty.
[[nodiscard]] std::string format(const Diagnostic& diagnostic, std::string_view folder = {});

}  // namespace cairn::config
