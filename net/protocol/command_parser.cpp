#include "net/protocol/command_parser.hpp"

#include <simdjson.h>

#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "actors/messages/limits.hpp"
#include "bus/assert.hpp"
#include "net/limits.hpp"

namespace cairn::net {
namespace {

namespace dom = simdjson::dom;
using Why = const char*;  // nullptr: all is well

// Members of an object are few: comparing each with those before it needs no memory.
bool has_duplicate_keys(const dom::object& object) {
  std::size_t seen = 0;
  for (const auto& member : object) {
    std::size_t i = 0;
    for (const auto& earlier : object) {
      if (i++ == seen) break;
      if (earlier.key == member.key) return true;
    }
    ++seen;
  }
  return false;
}

bool has_duplicate_keys(
    const dom::element& element) {  // NOLINT(misc-no-recursion): depth is at most kJsonDepthMax
  if (dom::object object; element.get(object) == simdjson::SUCCESS) {
    if (has_duplicate_keys(object)) return true;
    for (const auto& member : object)
      if (has_duplicate_keys(member.value)) return true;
  } else if (dom::array array; element.get(array) == simdjson::SUCCESS) {
    for (const dom::element child : array)
      if (has_duplicate_keys(child)) return true;
  }
  return false;
}

// Pads the text so that simdjson may read beyond it.
class PaddedParser {
 public:
  PaddedParser() : buffer_(std::make_unique<char[]>(kRequestBytesMax + simdjson::SIMDJSON_PADDING)) {
    // Not set_max_capacity(): in simdjson 3.0 it leaves the parser with the least capacity there is.
    CAIRN_ASSERT(parser_.allocate(kRequestBytesMax, kJsonDepthMax) == simdjson::SUCCESS);
    CAIRN_ASSERT(parser_.doc.allocate(kRequestBytesMax) == simdjson::SUCCESS);
  }

  // The object, or nothing if `text` is none.
  std::optional<dom::object> parse(std::string_view text) {
    if (text.size() > kRequestBytesMax) return std::nullopt;
    std::memcpy(buffer_.get(), text.data(), text.size());
    std::memset(buffer_.get() + text.size(), 0, simdjson::SIMDJSON_PADDING);
    dom::element root;
    dom::object object;
    if (parser_.parse(buffer_.get(), text.size(), false).get(root) != simdjson::SUCCESS) return std::nullopt;
    if (root.get(object) != simdjson::SUCCESS) return std::nullopt;
    return object;
  }

 private:
  std::unique_ptr<char[]> buffer_;
  dom::parser parser_;
};

// --- one field each ---

bool is_absent(const dom::object& object, std::string_view key) {
  return object.at_key(key).error() == simdjson::NO_SUCH_FIELD;
}

Why text(const dom::object& object, std::string_view key, std::size_t bytes_max, Why why,
         std::string_view& out) {
  if (object.at_key(key).get(out) != simdjson::SUCCESS) return why;
  return out.empty() || out.size() > bytes_max ? why : nullptr;
}

Why number(const dom::object& object, std::string_view key, std::uint64_t max, Why why, std::uint64_t& out) {
  if (object.at_key(key).get(out) != simdjson::SUCCESS) return why;
  return out > max ? why : nullptr;
}

Why item(const dom::object& data, std::string_view key, Why why, std::uint32_t& out) {
  std::uint64_t value = 0;
  if (const Why wrong = number(data, key, 0xffff, why, value)) return wrong;
  out = static_cast<std::uint32_t>(value);
  return nullptr;
}

Why puzzle(const dom::object& data, Request& out) {
  return text(data, "puzzle", 64, "data.puzzle must be the id of a puzzle.", out.puzzle);
}

Why code(const dom::object& data, Request& out) {
  if (is_absent(data, "code")) return nullptr;
  return text(data, "code", kAnswerTextBytesMax, "data.code must be a text of 1 to 512 bytes.", out.code);
}

Why position(const dom::object& data, std::optional<config::Position>& out) {
  constexpr Why kWhy = "data.at must be [longitude, latitude] in degrees.";
  dom::array pair;
  if (data.at_key("at").get(pair) != simdjson::SUCCESS || pair.size() != 2) return kWhy;
  std::array<double, 2> degrees{};
  for (std::size_t i = 0; i < 2; ++i)
    if (pair.at(i).get(degrees[i]) != simdjson::SUCCESS) return kWhy;
  if (!(std::fabs(degrees[0]) <= 180.0) || !(std::fabs(degrees[1]) <= 90.0)) return kWhy;
  out = config::Position{static_cast<std::int32_t>(std::lround(degrees[0] * 1e7)),
                         static_cast<std::int32_t>(std::lround(degrees[1] * 1e7))};
  return nullptr;
}

Why accuracy(const dom::object& data, std::uint32_t& out) {
  constexpr Why kWhy = "data.accuracy_m must be a number of metres from 0 to 100000.";
  double metres = 0;
  if (data.at_key("accuracy_m").get(metres) != simdjson::SUCCESS) return kWhy;
  if (!(metres >= 0 && metres <= 100'000)) return kWhy;
  out = static_cast<std::uint32_t>(std::ceil(metres));
  return nullptr;
}

Why streams(const dom::object& data, Request& out) {
  constexpr Why kWhy = "data.streams must say {epoch, offset} for streams named hunt, team or me.";
  constexpr std::array<std::string_view, kPlayerStreams> kNames = {"hunt", "team", "me"};
  dom::object all;
  if (data.at_key("streams").get(all) != simdjson::SUCCESS) return kWhy;
  for (std::size_t i = 0; i < kPlayerStreams; ++i) {
    if (is_absent(all, kNames[i])) continue;
    dom::object stream;
    if (all.at_key(kNames[i]).get(stream) != simdjson::SUCCESS) return kWhy;
    StreamPosition& at = out.streams[i];
    if (text(stream, "epoch", kEpochBytesMax, kWhy, at.epoch) != nullptr) return kWhy;
    if (number(stream, "offset", ~std::uint64_t{0}, kWhy, at.offset) != nullptr) return kWhy;
    at.given = true;
  }
  return nullptr;
}

}  // namespace

struct CommandParser::State {
  PaddedParser parser;
  std::array<std::string_view, kStateFilterMax> puzzles;

  Why state_filter(const dom::object& data, Request& out) {
    constexpr Why kWhy = "data.puzzles must be a list of 1 to 64 ids of puzzles.";
    if (!is_absent(data, "district"))
      return text(data, "district", 64, "data.district must be the id of a district.", out.district);
    if (is_absent(data, "puzzles")) return nullptr;
    dom::array list;
    if (data.at_key("puzzles").get(list) != simdjson::SUCCESS) return kWhy;
    std::size_t count = 0;
    for (const dom::element id : list) {
      if (count == puzzles.size() || id.get(puzzles[count]) != simdjson::SUCCESS) return kWhy;
      ++count;
    }
    if (count == 0) return kWhy;
    out.puzzles = {puzzles.data(), count};
    return nullptr;
  }

  Why fields(const dom::object& data, Request& out) {
    constexpr Why kToken = "data.token must be a text of 1 to 128 bytes.";
    switch (out.kind) {
      case RequestKind::kPing: return nullptr;
      case RequestKind::kHello:
        return is_absent(data, "token") ? nullptr : text(data, "token", kTokenBytesMax, kToken, out.token);
      case RequestKind::kResume:
        if (const Why why = text(data, "resume_token", kTokenBytesMax,
                                 "data.resume_token must be what `welcome` said.", out.token))
          return why;
        return streams(data, out);
      case RequestKind::kGetState: return state_filter(data, out);
      case RequestKind::kSubmitAnswer:
        if (const Why why = puzzle(data, out)) return why;
        return text(data, "answer", kAnswerTextBytesMax, "data.answer must be a text of 1 to 512 bytes.",
                    out.answer);
      case RequestKind::kDiscoverClue:
        if (const Why why = puzzle(data, out)) return why;
        if (const Why why = item(data, "clue", "data.clue must be the clue's number, from 0.", out.item))
          return why;
        return code(data, out);
      case RequestKind::kRequestHint:
        if (const Why why = puzzle(data, out)) return why;
        return item(data, "hint", "data.hint must be the hint's number, from 0.", out.item);
      case RequestKind::kCheckIn:
        if (const Why why = puzzle(data, out)) return why;
        if (!is_absent(data, "at"))
          if (const Why why = position(data, out.at)) return why;
        if (!is_absent(data, "accuracy_m"))
          if (const Why why = accuracy(data, out.accuracy_m)) return why;
        if (const Why why = code(data, out)) return why;
        return out.at || !out.code.empty() ? nullptr : "A check_in needs data.at or data.code.";
    }
    return nullptr;
  }
};

CommandParser::CommandParser() : state_(std::make_unique<State>()) {}
CommandParser::~CommandParser() = default;

namespace {

std::optional<RequestKind> kind_of(std::string_view type) {
  struct Name {
    std::string_view type;
    RequestKind kind;
  };
  static constexpr std::array<Name, 8> kNames = {{{"submit_answer", RequestKind::kSubmitAnswer},
                                                  {"ping", RequestKind::kPing},
                                                  {"get_state", RequestKind::kGetState},
                                                  {"discover_clue", RequestKind::kDiscoverClue},
                                                  {"request_hint", RequestKind::kRequestHint},
                                                  {"check_in", RequestKind::kCheckIn},
                                                  {"hello", RequestKind::kHello},
                                                  {"resume", RequestKind::kResume}}};
  for (const Name& name : kNames)
    if (name.type == type) return name.kind;
  return std::nullopt;
}

bool changes_something(RequestKind kind) { return kind >= RequestKind::kSubmitAnswer; }

// Whether a text is safe to be given back: simdjson has checked it, so only its length matters.
Why request_id(const dom::object& object, std::string_view& out) {
  if (is_absent(object, "id")) return nullptr;
  std::string_view id;
  if (const Why why =
          text(object, "id", actors::kRequestIdBytesMax, "id must be a text of 1 to 36 bytes.", id))
    return why;
  out = id;
  return nullptr;
}

}  // namespace

CommandParser::Outcome CommandParser::parse(std::string_view message) {
  Outcome outcome;
  if (message.size() > kRequestBytesMax) {
    outcome.is_json = true;  // not looked at: too long is no syntax error
    outcome.why = "A message is at most 4096 bytes long.";
    return outcome;
  }
  const auto refuse = [&outcome](std::string_view why) {
    outcome.why = why;
    return outcome;
  };
  const std::optional<dom::object> object = state_->parser.parse(message);
  if (!object) return refuse("A message is one JSON object, at most 16 levels deep.");
  outcome.is_json = true;
  for (const auto& member : *object)
    if (has_duplicate_keys(member.value)) return refuse("No key may stand twice in an object.");
  if (has_duplicate_keys(*object)) return refuse("No key may stand twice in an object.");
  if (const Why why = request_id(*object, outcome.request.id)) return refuse(why);

  std::string_view type;
  if (text(*object, "type", 64, "", type) != nullptr) return refuse("type must name the kind of message.");
  const auto kind = kind_of(type);
  if (!kind) return refuse("There is no message of this type.");
  outcome.request.kind = *kind;
  if (changes_something(*kind) && outcome.request.id.empty()) return refuse("This message needs an id.");

  dom::object data;
  if (is_absent(*object, "data")) {
    if (*kind != RequestKind::kPing && *kind != RequestKind::kGetState && *kind != RequestKind::kHello)
      return refuse("This message needs data.");
    outcome.ok = true;
    return outcome;
  }
  if (object->at_key("data").get(data) != simdjson::SUCCESS) return refuse("data must be an object.");
  if (const Why why = state_->fields(data, outcome.request)) return refuse(why);
  outcome.ok = true;
  return outcome;
}

struct FlatObjectParser::State {
  PaddedParser parser;
};

FlatObjectParser::FlatObjectParser() : state_(std::make_unique<State>()) {}
FlatObjectParser::~FlatObjectParser() = default;

bool FlatObjectParser::parse(std::string_view message, std::span<const std::string_view> text_names,
                             std::span<std::string_view> texts,
                             std::span<const std::string_view> number_names,
                             std::span<std::uint64_t> numbers) {
  const std::optional<dom::object> object = state_->parser.parse(message);
  if (!object || has_duplicate_keys(*object)) return false;
  const auto take = [&object](std::string_view name, auto& out) {
    out = {};
    return is_absent(*object, name) || object->at_key(name).get(out) == simdjson::SUCCESS;
  };
  for (std::size_t i = 0; i < text_names.size(); ++i)
    if (!take(text_names[i], texts[i])) return false;
  for (std::size_t i = 0; i < number_names.size(); ++i)
    if (!take(number_names[i], numbers[i])) return false;
  return true;
}

}  // namespace cairn::net
