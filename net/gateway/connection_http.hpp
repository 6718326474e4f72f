// What a connection holds while it speaks HTTP; given back when it becomes a WebSocket.
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

#include "net/gateway/connection.hpp"

namespace cairn::net {

struct Connection::Http {
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  void next_request() {
    parser.emplace();
    parser->header_limit(static_cast<std::uint32_t>(kHttpHeaderBytesMax));
    parser->body_limit(kHttpBodyBytesMax);
  }

  boost::beast::flat_buffer buffer{kHttpHeaderBytesMax + kHttpBodyBytesMax};
  std::optional<Parser> parser;
  bool waits_for_turn = false;   // the request is to be answered in on_turn()
  bool waits_for_reply = false;  // an actor decides
  bool head_only = false;
  bool keep_alive = false;
};

}  // namespace cairn::net
