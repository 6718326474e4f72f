// A look into a message: the text at a JSON pointer, for tests.
#pragma once

#include <string>
#include <string_view>

namespace cairn::story {

// A string as it is, anything else as JSON; "" if there is nothing there.
std::string look(std::string_view json, std::string_view pointer);

}  // namespace cairn::story
