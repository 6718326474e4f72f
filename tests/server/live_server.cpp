#include "tests/server/live_server.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <thread>

#include "config/load/loader.hpp"

namespace cairn::test {

namespace {

constexpr int kPatienceTurns = 20'000'000;

// Turns until `done` holds.
template <class F>
bool until(F&& done) {
  for (int turn = 0; turn < kPatienceTurns; ++turn) {
    if (done()) return true;
    std::this_thread::yield();
  }
  return false;
}

std::filesystem::path make_directory() {
  std::string path = (std::filesystem::temp_directory_path() / "cairn-live-XXXXXX").string();
  REQUIRE(::mkdtemp(path.data()) != nullptr);
  return path;
}

std::string member_of(std::string_view json, std::string_view name) {
  const std::string key = "\"" + std::string{name} + "\":\"";
  const std::size_t at = json.find(key);
  REQUIRE(at != std::string_view::npos);
  const std::size_t begin = at + key.size();
  return std::string{json.substr(begin, json.find('"', begin) - begin)};
}

}  // namespace

LivePlayer::LivePlayer(std::uint16_t port, std::string_view token) : client_(port) {
  client_.upgrade();
  REQUIRE(until([this] {
    client_.look();
    return client_.head().has_value();
  }));
  client_.text(R"({"type":"hello","id":"h","data":{"token":")" + std::string{token} + R"("}})");
  wait_for(R"({"type":"welcome")");
}

std::string LivePlayer::ask(std::string_view type, std::string_view data) {
  const std::string id = "q" + std::to_string(next_request_++);
  client_.text(R"({"type":")" + std::string{type} + R"(","id":")" + id + R"(","data":)" + std::string{data} +
               "}");
  return wait_for((type == "ping" ? R"({"type":"pong","id":")" : R"({"type":"reply","id":")") + id + "\"");
}

std::string LivePlayer::wait_for(std::string_view beginning) {
  std::string found;
  const bool came = until([&] {
    client_.look();
    while (const auto frame = client_.next_frame()) {
      if (frame->payload.starts_with(R"({"type":"event")")) ++events_;
      if (!frame->payload.starts_with(beginning)) continue;
      found = frame->payload;
      return true;
    }
    return client_.is_ended();
  });
  REQUIRE_MESSAGE((came && !found.empty()), "nothing came that begins with ", beginning);
  return found;
}

void LivePlayer::listen() {
  client_.look();
  while (const auto frame = client_.next_frame())
    if (frame->payload.starts_with(R"({"type":"event")")) ++events_;
}

LiveServer::LiveServer(std::size_t cores) : cores_(cores), data_(make_directory()) {
  config::LoadedHunt loaded = config::load_hunt(CAIRN_SAMPLE_HUNT);
  REQUIRE(loaded.hunt != nullptr);
  hunt_ = loaded.hunt;
  tools::ServerOptions options;
  options.hunt = hunt_;
  options.files = std::move(loaded.files);
  options.data = data_;
  options.cores = cores;
  auto opened = tools::Server::open(std::move(options), clock_);
  REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
  server_ = std::move(*opened);
  server_->run();
}

LiveServer::~LiveServer() {
  server_.reset();
  std::filesystem::remove_all(data_);
}

std::unique_ptr<LivePlayer> LiveServer::captain(std::string_view team_name) {
  RawClient http{server_->players_port()};
  const std::string body = R"({"team_name":")" + std::string{team_name} + R"(","player_name":"Ada"})";
  http.write("POST /v1/teams HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n\r\n" + body);
  std::string answer;
  REQUIRE(until([&] {
    http.look();
    const auto response = http.response();
    if (response) answer = *response;
    return response.has_value();
  }));
  return std::make_unique<LivePlayer>(server_->players_port(), member_of(answer, "token"));
}

std::vector<tools::CoreFigures> LiveServer::fresh_figures() {
  std::vector<tools::CoreFigures> all;
  for (std::size_t core = 0; core < cores_; ++core) {
    // What stands there may have been gathered just before the call: the one after the next is surely younger.
    const std::uint64_t seen = server_->figures(core).gathered;
    REQUIRE(until([&] { return server_->figures(core).gathered > seen + 1; }));
    all.push_back(server_->figures(core));
  }
  return all;
}

}  // namespace cairn::test
