// The operators' side of the crowd: opens and closes districts through the server's HTTP interface.
//
// Owner: the crowd. Threads: the loop's. Bounds: one connection. When refused: counted, and told in the
// report.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tools/crowd/http_client.hpp"
#include "tools/crowd/scene.hpp"

namespace cairn::crowd {

class Operators {
 public:
  Operators(Scene& scene, const Address& admin, std::string token);

  void open_district(const std::string& id, std::uint64_t intended_ns);
  void close_district(const std::string& id);

  [[nodiscard]] std::uint64_t asked() const { return asked_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] const std::string& last_refusal() const { return last_refusal_; }

 private:
  void post(const std::string& id, std::string_view verb);

  Scene& scene_;
  Address admin_;
  HttpClient client_;
  std::uint64_t asked_ = 0;
  std::uint64_t refused_ = 0;
  std::string last_refusal_;
};

}  // namespace cairn::crowd
