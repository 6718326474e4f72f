// How a failure crosses from one room to another: a value or an Error, never an exception.
//
// Owner: whoever holds the value. Threads: any. Bounds: none.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <utility>

namespace cairn {

// A sentence for a person: what is wrong, where (file, field, path), and what to do about it.
struct Error {
  Error() = default;
  // A Result<std::string> is made with boost::system::in_place_value: a text alone could be either of the two.
  explicit Error(std::string text) : message(std::move(text)) {}
  std::string message;
};

// Called by Result::value() when it holds an Error; that is a programmer's mistake or a test.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error(error.message);
}

template <class T>
using Result = boost::system::result<T, Error>;

[[nodiscard]] inline Error failure(std::string message) { return Error{std::move(message)}; }

}  // namespace cairn
