// One HTTP request and its answer, without Beast: what the interfaces below see, and tests write by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/session/admission.hpp"

namespace cairn::net {

enum class HttpMethod : std::uint8_t { kGet, kHead, kPost, kOther };

// Views are valid during the call.
struct HttpRequest {
  HttpMethod method = HttpMethod::kOther;
  std::string_view path;  // without the query
  std::string_view authorization;
  std::string_view content_type;
  std::string_view body;
  AddressKey address = 0;
};

struct HttpResponse {
  unsigned status = 200;
  std::string_view content_type = "application/json";  // static
  std::string body;
  std::string_view shared_body;  // instead of body: lives as long as the program
  std::string_view allow;        // for 405
  std::uint32_t retry_after_s = 0;
  bool cacheable = false;  // else no-store
};

// {"error":{"code","message","temporary"}}, as replies on the socket have it.
HttpResponse http_error(unsigned status, std::string_view code, std::string_view message);

}  // namespace cairn::net
