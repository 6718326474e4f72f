#include "config/load/json.hpp"

#include <simdjson.h>

#include "config/model/utf8.hpp"

namespace cairn::config {
namespace {

namespace od = simdjson::ondemand;
using simdjson::error_code;

std::string sentence(error_code code) {
  switch (code) {
    case simdjson::UTF8_ERROR: return "this is not UTF-8";
    case simdjson::UNESCAPED_CHARS: return "a control character in a string must be escaped";
    case simdjson::UNCLOSED_STRING: return "this string is never closed";
    case simdjson::STRING_ERROR: return "an escape in this string is malformed";
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR: return "only true, false and null are words in JSON";
    case simdjson::NUMBER_ERROR: return "this is not a number that JSON allows";
    case simdjson::EMPTY: return "the file is empty";
    case simdjson::TRAILING_CONTENT: return "something follows the end of the object";
    case simdjson::DEPTH_ERROR: return "this is nested too deeply";
    case simdjson::INCORRECT_TYPE: return "the file must hold one object";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "an array or object is never closed";
    default: return "a comma, colon, brace, bracket or key is missing or superfluous here";
  }
}

// The first pass of simdjson says what is wrong but not where; this says where.
std::size_t find_lexical_error(std::string_view text, error_code code) {
  std::size_t opened = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.bytes == 0) return at;
    if (in_string && c.value < 0x20 && code == simdjson::UNESCAPED_CHARS) return at;
    if (in_string && c.value == '\\') {
      at += 2;
      continue;
    }
    if (c.value == '"') {
      in_string = !in_string;
      opened = at;
    }
    at += c.bytes;
  }
  return in_string ? opened : 0;
}

// Where the first object of the text has ended and something else begins; the text's size if it never ends.
std::size_t find_end_of_root(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  bool ended = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (ended && !space) return at;
    if (in_string) {
      if (c == '\\') ++at;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && depth > 0 && --depth == 0) {
      ended = true;
    }
  }
  return text.size();
}

class TreeBuilder {
 public:
  TreeBuilder(const char* begin, std::uint32_t depth_max) : begin_(begin), depth_max_(depth_max) {}

  error_code object(od::object& from, JsonValue& into, std::uint32_t depth) {
    into.kind = JsonValue::Kind::kObject;
    if (depth > depth_max_) return simdjson::DEPTH_ERROR;
    for (auto entry : from) {
      od::field field;
      if (const auto error = std::move(entry).get(field)) return error;
      JsonMember& member = into.members.emplace_back();
      member.offset = static_cast<std::uint32_t>(field.key().raw() - 1 - begin_);
      last_offset_ = member.offset;
      std::string_view key;
      if (const auto error = field.unescaped_key().get(key)) return error;
      member.key = key;
      if (const auto error = any(field.value(), member.value, depth)) return error;
    }
    return simdjson::SUCCESS;
  }

  // Where the value began that was looked at last: closer to a malformed scalar than the iterator's own
  // place.
  [[nodiscard]] std::size_t last_offset() const { return last_offset_; }

 private:
  error_code any(od::value value, JsonValue& into, std::uint32_t depth) {
    od::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    switch (type) {
      case od::json_type::array: return array(value, into, depth + 1);
      case od::json_type::object: {
        od::object inner;
        note(value, into);
        if (const auto error = value.get_object().get(inner)) return error;
        return object(inner, into, depth + 1);
      }
      default: note(value, into); return scalar(type, value, into);
    }
  }

  error_code array(od::value& value, JsonValue& into, std::uint32_t depth) {
    note(value, into);
    into.kind = JsonValue::Kind::kArray;
    if (depth > depth_max_) return simdjson::DEPTH_ERROR;
    od::array inner;
    if (const auto error = value.get_array().get(inner)) return error;
    for (auto entry : inner) {
      od::value item;
      // NOLINTNEXTLINE(performance-move-const-arg): get() is for rvalues only.
      if (const auto error = std::move(entry).get(item)) return error;
      if (const auto error = any(item, into.items.emplace_back(), depth)) return error;
    }
    return simdjson::SUCCESS;
  }

  error_code scalar(od::json_type type, od::value& value, JsonValue& into) {
    if (type == od::json_type::string) {
      into.kind = JsonValue::Kind::kString;
      std::string_view text;
      if (const auto error = value.get_string().get(text)) return error;
      into.string = text;
      return simdjson::SUCCESS;
    }
    if (type == od::json_type::boolean) {
      into.kind = JsonValue::Kind::kBoolean;
      return value.get_bool().get(into.boolean);
    }
    if (type == od::json_type::null) {
      into.kind = JsonValue::Kind::kNull;
      bool null = false;
      if (value.is_null().get(null) || !null) return simdjson::N_ATOM_ERROR;
      return simdjson::SUCCESS;
    }
    od::number number;
    if (const auto error = value.get_number().get(number)) return error;
    into.kind = number.is_int64() ? JsonValue::Kind::kInteger : JsonValue::Kind::kNumber;
    if (number.is_int64()) into.integer = number.get_int64();
    into.number = number.as_double();
    return simdjson::SUCCESS;
  }

  void note(od::value& value, JsonValue& into) {
    into.offset = static_cast<std::uint32_t>(value.raw_json_token().data() - begin_);
    last_offset_ = into.offset;
  }

  const char* begin_;
  std::uint32_t depth_max_;
  std::size_t last_offset_ = 0;
};

bool points_at_scalar(error_code code) {
  return code == simdjson::STRING_ERROR || code == simdjson::NUMBER_ERROR || code == simdjson::T_ATOM_ERROR ||
         code == simdjson::F_ATOM_ERROR || code == simdjson::N_ATOM_ERROR || code == simdjson::DEPTH_ERROR ||
         code == simdjson::INCORRECT_TYPE;
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  for (const JsonMember& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::string_view to_text(JsonValue::Kind kind) {
  switch (kind) {
    case JsonValue::Kind::kNull: return "null";
    case JsonValue::Kind::kBoolean: return "true or false";
    case JsonValue::Kind::kInteger: return "a whole number";
    case JsonValue::Kind::kNumber: return "a number";
    case JsonValue::Kind::kString: return "a string";
    case JsonValue::Kind::kArray: return "an array";
    case JsonValue::Kind::kObject: break;
  }
  return "an object";
}

ParsedJson parse_json(std::string_view text, std::uint32_t depth_max) {
  ParsedJson parsed;
  const simdjson::padded_string padded(text);
  od::parser parser;
  od::document document;
  if (const auto error = parser.iterate(padded).get(document)) {
    parsed.error = JsonSyntaxError{find_lexical_error(text, error), sentence(error)};
    return parsed;
  }
  TreeBuilder builder(padded.data(), depth_max);
  od::object root;
  error_code error = document.get_object().get(root);
  if (!error) {
    const std::size_t first = text.find('{');
    parsed.root.offset = static_cast<std::uint32_t>(first == std::string_view::npos ? 0 : first);
    error = builder.object(root, parsed.root, 1);
  }
  // Whatever has a location after the root is too much.
  const char* location = nullptr;
  if (!error && !document.current_location().get(location)) error = simdjson::TRAILING_CONTENT;
  if (!error) return parsed;

  std::size_t offset = builder.last_offset();
  if (error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) {
    offset = find_end_of_root(text);
    if (offset < text.size()) error = simdjson::TRAILING_CONTENT;
  } else if (!points_at_scalar(error)) {
    // At the end of the text there is no location: something is missing there.
    offset = text.size();
    if (!document.current_location().get(location))
      offset = static_cast<std::size_t>(location - padded.data());
  }
  parsed.error = JsonSyntaxError{std::min(offset, text.size()), sentence(error)};
  return parsed;
}

}  // namespace cairn::config
