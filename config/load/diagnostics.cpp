#include "config/load/diagnostics.hpp"

namespace cairn::config {

std::string_view to_text(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: break;
  }
  return "error";
}

std::string format(const Diagnostic& diagnostic, std::string_view folder) {
  std::string text(folder);
  if (!text.empty() && text.back() != '/') text += '/';
  text += diagnostic.file;
  text += ':' + std::to_string(diagnostic.line) + ':' + std::to_string(diagnostic.column) + ": ";
  text += to_text(diagnostic.severity);
  text += ": " + diagnostic.code + ": " + diagnostic.message;
  if (!diagnostic.fix.empty()) text += " (" + diagnostic.fix + ')';
  return text;
}

}  // namespace cairn::config
