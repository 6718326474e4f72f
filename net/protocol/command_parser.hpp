// Reads a player's message: simdjson's DOM in a padded buffer of the core's own, every field checked, nothing
// allocated once the buffers stand.
//
// Owner: a core. Threads: its loop's. Bounds: kRequestBytesMax, kJsonDepthMax. What does not fit is refused
// with a sentence that says which field and why.
#pragma once

#include <memory>
#include <string_view>

#include "net/protocol/request.hpp"

namespace cairn::net {

class CommandParser {
 public:
  struct Outcome {
    bool ok = false;
    bool is_json = false;  // false: the text is no JSON object at all
    std::string_view why;  // when not ok: a sentence; static or in the parser's buffer
    Request request;       // when not ok only `id` is set, if there was a usable one
  };

  CommandParser();
  ~CommandParser();
  CommandParser(const CommandParser&) = delete;
  CommandParser& operator=(const CommandParser&) = delete;

  // The outcome's views are valid until the next parse. `text` is UTF-8 (the WebSocket layer has checked it).
  [[nodiscard]] Outcome parse(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The same checks for the small objects that HTTP bodies are: members that are texts or whole numbers, nothing else. False if
// `text` is no such object; texts[i] is the member named text_names[i], or empty; a number that is absent is 0.
class FlatObjectParser {
 public:
  FlatObjectParser();
  ~FlatObjectParser();
  FlatObjectParser(const FlatObjectParser&) = delete;
  FlatObjectParser& operator=(const FlatObjectParser&) = delete;
  [[nodiscard]] bool parse(std::string_view text, std::span<const std::string_view> text_names,
                           std::span<std::string_view> texts,
                           std::span<const std::string_view> number_names = {},
                           std::span<std::uint64_t> numbers = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cairn::net
