// Collects what is wrong with a hunt: loader and checks report here, by file and place.
//
// Owner: load_hunt. Threads: the caller's only. Bounds: kFindingsMax. When full: further findings are counted
// and one note says how many.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/load/diagnostics.hpp"
#include "config/load/source.hpp"

namespace cairn::config {

class Findings {
 public:
  struct What {
    Severity severity = Severity::kError;
    std::string_view code;
    std::string message;
    std::string fix;
  };

  void at_offset(const SourceFile& file, std::size_t offset, std::string pointer, What what);
  // At the value that the pointer names.
  void at(const SourceFile& file, std::string pointer, What what);
  void error(const SourceFile& file, std::string pointer, std::string_view code, std::string message,
             std::string fix = {}) {
    at(file, std::move(pointer), {Severity::kError, code, std::move(message), std::move(fix)});
  }
  void warning(const SourceFile& file, std::string pointer, std::string_view code, std::string message,
               std::string fix = {}) {
    at(file, std::move(pointer), {Severity::kWarning, code, std::move(message), std::move(fix)});
  }

  [[nodiscard]] std::size_t errors() const { return errors_; }
  // In the order of files, lines and columns.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  std::vector<Diagnostic> all_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
};

// The text between double quotes.
[[nodiscard]] std::string quoted(std::string_view text);

// The name of `known` that is written most like `name`, or nothing if none is near.
[[nodiscard]] std::string_view nearest(std::string_view name, const std::vector<std::string_view>& known);

}  // namespace cairn::config
