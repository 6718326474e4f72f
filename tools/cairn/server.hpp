// The server: a house, and in front of each of its cores a gateway with the core's sockets.
//
// Owner: the program or a test. Threads: made, run, drained and ended by one thread; what is inside runs on the house's.
// When it ends without stop(): it stops.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "bus/clock.hpp"
#include "bus/published.hpp"
#include "bus/result.hpp"
#include "config/load/hunt_files.hpp"
#include "config/model/hunt.hpp"
#include "net/admin/audit_log.hpp"
#include "net/admin/staff_tokens.hpp"
#include "net/gateway/listener.hpp"
#include "net/http/static_files.hpp"
#include "tools/cairn/figures.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::tools {

struct ServerOptions {
  std::shared_ptr<const config::Hunt> hunt;
  config::HuntFiles files;  // that it was read from, to be kept beside its journal
  net::ListenAddress players{"127.0.0.1", 0};
  net::ListenAddress operators{"127.0.0.1", 0};
  std::filesystem::path data;
  std::string web;                   // folder of the player's page; empty: none is served
  std::vector<std::string> origins;  // foreign ones that may connect
  std::size_t cores = 1;
  std::vector<int> cpus;  // for each core, pinned while there are some to spare; empty: never
};

class Server {
 public:
  // Everything that can fail, done: the journal is read, both listeners listen.
  static Result<std::unique_ptr<Server>> open(ServerOptions options, const bus::Clock& clock);
  ~Server();

  void run();
  // No new players; those who are here are asked to come back, after a while and each at another moment.
  void drain(std::chrono::milliseconds after, std::chrono::milliseconds spread);
  void stop();

  [[nodiscard]] std::uint16_t players_port() const { return players_->port(); }
  [[nodiscard]] std::uint16_t operators_port() const { return operators_->port(); }
  [[nodiscard]] House& house() { return *house_; }
  // Before run(): of the journal's last entry; 0 if there is none.
  [[nodiscard]] std::int64_t last_wall_ms() const;
  // Any thread: as they were at the core's last sweep, a quarter of a second ago at most.
  [[nodiscard]] CoreFigures figures(std::size_t core) const;
  [[nodiscard]] std::string metrics() const;

 private:
  struct Front;
  Server(ServerOptions options, const bus::Clock& clock);
  Result<void> open_parts();
  void open_gateway(std::size_t core, const net::Secret& secret);
  void end_gateways();

  ServerOptions options_;
  const bus::Clock& clock_;
  net::StaticFiles files_;
  net::StaffTokens staff_;
  std::unique_ptr<net::AuditLog> audit_;
  std::vector<std::unique_ptr<Front>> fronts_;
  std::unique_ptr<House> house_;
  std::unique_ptr<net::Listener> players_;
  std::unique_ptr<net::Listener> operators_;
};

}  // namespace cairn::tools
