// A gateway with its listener on a free port of the loopback, on a virtual clock, turned by the test's own
// thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "bus/clock.hpp"
#include "bus/random.hpp"
#include "net/gateway/gateway.hpp"
#include "net/gateway/listener.hpp"
#include "tests/net/hunt_for_tests.hpp"
#include "tests/net/raw_client.hpp"
#include "tests/net/world_for_tests.hpp"

namespace cairn::test {

class Server {
 public:
  explicit Server(std::uint32_t hunt_segments = 512, std::size_t connections_max = 100,
                  int socket_send_bytes = 0);
  ~Server();

  // Turns until `done` holds; false if it does not within very many turns.
  template <class F>
  bool until(F&& done) {
    for (int turn = 0; turn < 30'000; ++turn) {
      if (done()) return true;
      this->turn();
    }
    return done();
  }
  void turn();
  void turns(int count) {
    for (int i = 0; i < count; ++i) turn();
  }
  // One entry, committed: folded, in the streams, published.
  void commit(const actors::Entry& entry);
  // A team whose captain has token "token-<index>".
  void make_team(std::uint32_t index);
  // A connected client behind its handshake's answer.
  std::unique_ptr<RawClient> connect(int receive_bytes = 0);
  // …and behind its welcome. Returns the welcome in `welcome`.
  std::unique_ptr<RawClient> join(std::uint32_t team, std::string* welcome = nullptr, int receive_bytes = 0);
  // The next frame, or one of opcode 0 when none comes.
  Frame frame(RawClient& client);
  std::string response(RawClient& client);

  std::shared_ptr<config::Hunt> hunt = make_hunt();
  bus::VirtualClock clock{1'700'000'000'000};
  bus::SeededRandom random{42};
  boost::asio::io_context io;
  TestStreams streams;
  CommandLog commands;
  net::StaticFiles files;
  std::unique_ptr<net::Gateway> gateway;
  std::unique_ptr<net::Listener> listener;
  Entries entries;
};

}  // namespace cairn::test
