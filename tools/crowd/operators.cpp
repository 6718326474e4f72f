#include "tools/crowd/operators.hpp"

#include <utility>

namespace cairn::crowd {

Operators::Operators(Scene& scene, const Address& admin, std::string token)
    : scene_(scene), admin_(admin), client_(scene.loop, admin_, std::move(token)) {}

void Operators::open_district(const std::string& id, std::uint64_t intended_ns) {
  scene_.note_opening(id, intended_ns);
  post(id, "open");
}

void Operators::close_district(const std::string& id) { post(id, "close"); }

void Operators::post(const std::string& id, std::string_view verb) {
  ++asked_;
  const std::string path = "/v1/admin/districts/" + id + "/" + std::string(verb);
  client_.post(path, "{}", [this, path](const HttpAnswer& answer) {
    if (answer.status >= 200 && answer.status <= 299) return;
    ++refused_;
    last_refusal_ = path + ": HTTP " + std::to_string(answer.status) + " " + answer.body.substr(0, 200);
  });
}

}  // namespace cairn::crowd
