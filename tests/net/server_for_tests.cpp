#include "tests/net/server_for_tests.hpp"

#include <doctest/doctest.h>

#include "net/session/credentials.hpp"

namespace cairn::test {

Server::Server(std::uint32_t hunt_segments, std::size_t connections_max, int socket_send_bytes)
    : streams(*hunt, hunt_segments) {
  net::GatewayOptions options;
  options.connections_max = connections_max;
  options.origins = {"https://friend.example"};
  options.socket_send_bytes = socket_send_bytes;
  options.data_id = "d1";
  gateway = std::make_unique<net::Gateway>(options, io, hunt, streams.set, commands, clock, random, files);
  auto opened = net::Listener::open(io, {"127.0.0.1", 0}, net::Audience::kPlayers, {gateway.get()});
  REQUIRE(opened.has_value());
  listener = std::move(*opened);
}

Server::~Server() { listener->stop(); }

void Server::turn() {
  clock.advance_ns(100'000);
  streams.set.epochs().acknowledge(0);
  io.restart();
  if (io.poll() == 0 && !gateway->on_turn()) io.run_one_for(std::chrono::microseconds(200));
  gateway->on_turn();
}

void Server::commit(const actors::Entry& entry) {
  gateway->on_entry(entry);
  streams.append(entry);
  gateway->on_published(entry.sequence);
}

void Server::make_team(std::uint32_t index) {
  const std::string number = std::to_string(index);
  const std::string join_code = "JOIN" + std::string(4 - number.size(), '0') + number;
  commit(entries.team(index, "Team " + number, "Ada", join_code, net::sha256("token-" + number),
                      net::sha256("RECOVERY" + number)));
}

std::unique_ptr<RawClient> Server::connect(int receive_bytes) {
  auto client = std::make_unique<RawClient>(listener->port(), receive_bytes);
  client->upgrade();
  std::optional<std::string> head;
  REQUIRE(until([&] {
    client->look();
    return (head = client->head()).has_value();
  }));
  REQUIRE(head->starts_with("HTTP/1.1 101"));
  return client;
}

std::unique_ptr<RawClient> Server::join(std::uint32_t team, std::string* welcome, int receive_bytes) {
  auto client = connect(receive_bytes);
  client->text(R"({"type":"hello","id":"h","data":{"token":"token-)" + std::to_string(team) + R"("}})");
  const Frame answer = frame(*client);
  REQUIRE(answer.payload.starts_with(R"({"type":"welcome","id":"h")"));
  if (welcome != nullptr) *welcome = answer.payload;
  return client;
}

Frame Server::frame(RawClient& client) {
  std::optional<Frame> next;
  until([&] {
    client.look();
    return (next = client.next_frame()).has_value() || client.is_ended();
  });
  return next.value_or(Frame{});
}

std::string Server::response(RawClient& client) {
  std::optional<std::string> text;
  until([&] {
    client.look();
    return (text = client.response()).has_value() || client.is_ended();
  });
  return text.value_or("");
}

}  // namespace cairn::test
