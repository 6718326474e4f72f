// The head of an HTTP response: its status and its fields.
//
// Owner: none, functions only. Threads: any. Bounds: none of its own; callers bound the head's size.
#pragma once

#include <string_view>

namespace cairn::crowd {

// 0 when the text does not begin as an HTTP/1 response.
[[nodiscard]] int http_status(std::string_view head);

// The value of a field in the lines of a head, its name in any case; empty when it is not there.
[[nodiscard]] std::string_view http_field(std::string_view head, std::string_view name);

[[nodiscard]] bool same_text_any_case(std::string_view left, std::string_view right);

}  // namespace cairn::crowd
