#include "tools/crowd/scanner.hpp"

namespace cairn::crowd {
namespace {

// A cursor over the text that only goes forward while the text is exactly what was expected.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool skip(std::string_view expected) {
    if (text_.substr(0, expected.size()) != expected) return false;
    text_.remove_prefix(expected.size());
    return true;
  }

  // A name up to its closing quote; an escape makes it a case for the full parser.
  bool name(std::string_view& out) {
    constexpr std::size_t kNameBytesMax = 64;
    const std::size_t limit = text_.size() < kNameBytesMax ? text_.size() : kNameBytesMax;
    for (std::size_t at = 0; at < limit; ++at) {
      if (text_[at] == '\\') return false;
      if (text_[at] != '"') continue;
      out = text_.substr(0, at);
      text_.remove_prefix(at + 1);
      return true;
    }
    return false;
  }

  bool number(std::uint64_t& out) {
    constexpr std::size_t kDigitsMax = 18;
    std::size_t at = 0;
    std::uint64_t value = 0;
    while (at < text_.size() && text_[at] >= '0' && text_[at] <= '9') {
      if (at == kDigitsMax) return false;
      value = value * 10 + static_cast<std::uint64_t>(text_[at] - '0');
      ++at;
    }
    if (at == 0) return false;
    text_.remove_prefix(at);
    out = value;
    return true;
  }

 private:
  std::string_view text_;
};

}  // namespace

StreamName stream_name(std::string_view name) {
  if (name == "hunt") return StreamName::hunt;
  if (name == "team") return StreamName::team;
  if (name == "me") return StreamName::me;
  return StreamName::other;
}

std::string_view stream_text(StreamName name) {
  switch (name) {
    case StreamName::hunt: return "hunt";
    case StreamName::team: return "team";
    case StreamName::me: return "me";
    case StreamName::other: break;
  }
  return "other";
}

Scanned scan(std::string_view text, EventHead& head) {
  Reader reader(text);
  if (!reader.skip("{\"type\":\"")) return Scanned::unknown;
  if (reader.skip("notice\",")) return Scanned::notice;
  std::string_view stream;
  const bool as_written = reader.skip("event\",\"stream\":\"") && reader.name(stream) &&
                          reader.skip(",\"offset\":") && reader.number(head.offset) &&
                          reader.skip(",\"event\":\"") && reader.name(head.event) &&
                          (reader.skip(",\"") || reader.skip("}"));
  if (!as_written) return Scanned::unknown;
  head.stream = stream_name(stream);
  return Scanned::event;
}

}  // namespace cairn::crowd
