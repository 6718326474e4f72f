// Goal: the two HTTP interfaces, request by request: teams, joining, recovering, files; health and the
// operators' acts. It breaks: bodies, names, codes, methods, roles, traversal, a full ring, a server that
// cannot store.
#include <doctest/doctest.h>
#include <simdjson.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bus/random.hpp"
#include "net/admin/admin_app.hpp"
#include "net/admin/metrics.hpp"
#include "net/http/player_app.hpp"
#include "tests/net/hunt_for_tests.hpp"
#include "tests/net/server_for_tests.hpp"

namespace cairn::net {
namespace {

namespace fs = std::filesystem;

struct NoStreams final : StreamDirectory {
  std::uint64_t last_offset(actors::StreamId) const override { return 0; }
  bool can_follow(actors::StreamId, std::uint64_t) const override { return true; }
};

struct FakeExchange final : HttpExchange {
  explicit FakeExchange(test::CommandLog& log) : commands(log) {}
  bool submit(actors::Command command) override { return commands.submit(command); }
  test::CommandLog& commands;
};

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "cairn-net-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  fs::path path;
};

struct House {
  std::shared_ptr<config::Hunt> hunt = test::make_hunt();
  NoStreams streams;
  test::CommandLog commands;
  bus::VirtualClock clock{1'700'000'000'000};
  bus::SeededRandom random{1};
  CoreContext core{hunt, streams, commands, clock, random, "d1", Secret{}};
  StaticFiles files;
  FakeExchange exchange{commands};
  test::Entries entries;

  HttpRequest post(std::string_view path, std::string_view body) {
    return {HttpMethod::kPost, path, {}, "application/json", body, 77};
  }
};

unsigned status_of(const std::optional<HttpResponse>& response) { return response ? response->status : 0; }

TEST_CASE("making a team submits its command and tells its secrets once") {
  House h;
  PlayerApp app(h.core, h.files);
  CHECK_FALSE(
      app.on_request(h.post("/v1/teams", R"({"team_name":" Gulls ","player_name":"Ada"})"), h.exchange));
  REQUIRE(h.commands.kept.size() == 1);
  const auto& kept = h.commands.kept[0];
  CHECK(kept.text == "Gulls");
  CHECK(kept.name == "Ada");
  CHECK(kept.join_code.size() == actors::kJoinCodeBytes);
  actors::Reply reply;
  reply.kind = actors::CommandKind::kCreateTeam;
  reply.player = actors::PlayerIndex{16};
  const HttpResponse response = app.on_reply(h.exchange, reply);
  CHECK(response.status == 200);
  simdjson::dom::parser parser;
  const simdjson::dom::element root = parser.parse(response.body);
  CHECK(sha256(std::string_view(root["token"])) == kept.command.token_hash);
  CHECK(std::string_view(root["join_code"]) == kept.join_code);
  std::array<char, 32> tidy{};
  CHECK(sha256(tidy_code(std::string_view(root["recovery_code"]), tidy)) == kept.command.recovery_hash);
  CHECK(std::string_view(root["team"]) == "t1");
}

TEST_CASE("requests of the players' interface are answered by this table") {
  struct Row {
    HttpMethod method;
    const char* path;
    const char* body;
    unsigned status;
  };
  const std::string long_name = R"({"team_name":")" + std::string(49, 'x') + R"(","player_name":"Ada"})";
  const std::vector<Row> rows = {
      {HttpMethod::kGet, "/v1/teams", "", 405},
      {HttpMethod::kOther, "/v1/join", "", 405},
      {HttpMethod::kPost, "/v1/teams", "", 400},
      {HttpMethod::kPost, "/v1/teams", "[]", 400},
      {HttpMethod::kPost, "/v1/teams", R"({"team_name":"x"})", 400},
      {HttpMethod::kPost, "/v1/teams", R"({"team_name":"  ","player_name":"Ada"})", 400},
      {HttpMethod::kPost, "/v1/teams", R"({"team_name":"a\u0007b","player_name":"Ada"})", 400},
      {HttpMethod::kPost, "/v1/teams", R"({"team_name":7,"player_name":"Ada"})", 400},
      {HttpMethod::kPost, "/v1/teams", R"({"team_name":"x","team_name":"y","player_name":"Ada"})", 400},
      {HttpMethod::kPost, "/v1/teams", long_name.c_str(), 400},
      {HttpMethod::kPost, "/v1/join", R"({"join_code":"NOBODYS1","player_name":"Bo"})", 404},
      {HttpMethod::kPost, "/v1/join", R"({"join_code":"JOINJOIN"})", 400},
      {HttpMethod::kPost, "/v1/join", R"({"join_code":"join-join","player_name":"Bo"})", 0},
      {HttpMethod::kPost, "/v1/recover", R"({"recovery_code":"XXXX"})", 404},
      {HttpMethod::kPost, "/v1/recover", R"({"recovery_code":"aaaaaaaa bbbbbbbb-cccccccc"})", 0},
      {HttpMethod::kGet, "/v1/nothing", "", 404},
      {HttpMethod::kGet, "/nothing", "", 404},
      {HttpMethod::kPost, "/", "", 405},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.body);
    House h;
    h.core.view.fold(
        h.entries.team(0, "Gulls", "Ada", "JOINJOIN", sha256("t"), sha256("AAAAAAAABBBBBBBBCCCCCCCC")));
    PlayerApp app(h.core, h.files);
    HttpRequest request = h.post(row.path, row.body);
    request.method = row.method;
    CHECK(status_of(app.on_request(request, h.exchange)) == row.status);
    CHECK(h.commands.kept.size() == (row.status == 0 ? 1 : 0));
  }
}

TEST_CASE("a body that is not JSON by its type, a full ring and a full disk are each refused") {
  House h;
  PlayerApp app(h.core, h.files);
  HttpRequest request = h.post("/v1/teams", R"({"team_name":"x","player_name":"y"})");
  request.content_type = "text/plain";
  CHECK(status_of(app.on_request(request, h.exchange)) == 415);
  request.content_type = "application/json; charset=utf-8";
  h.commands.is_full = true;
  CHECK(status_of(app.on_request(request, h.exchange)) == 503);
  CHECK(h.exchange.notes == nullptr);
  h.core.read_only = true;
  CHECK(status_of(app.on_request(request, h.exchange)) == 503);
}

TEST_CASE("guessing codes is slowed down by address, and refusals become statuses") {
  House h;
  PlayerApp app(h.core, h.files);
  const HttpRequest wrong = h.post("/v1/recover", R"({"recovery_code":"NOPE"})");
  for (std::uint32_t i = 0; i < kFailedAuthPerMinute; ++i)
    CHECK(status_of(app.on_request(wrong, h.exchange)) == 404);
  CHECK(status_of(app.on_request(wrong, h.exchange)) == 429);
  h.clock.advance_ns(3 * kNsPerSecond);
  CHECK(status_of(app.on_request(wrong, h.exchange)) == 404);
  actors::Reply reply;
  reply.code = actors::Code::kTeamFull;
  CHECK(app.on_reply(h.exchange, reply).status == 409);
  reply.code = actors::Code::kBadRequest;
  reply.reason = actors::Reason::kNameTaken;
  CHECK(app.on_reply(h.exchange, reply).status == 409);
}

TEST_CASE("the page's files are served as they are, and nothing beside them") {
  Folder folder;
  fs::create_directories(folder.path / "page/assets");
  std::ofstream(folder.path / "page/index.html") << "<!doctype html>";
  std::ofstream(folder.path / "page/assets/app.js") << "let x";
  std::ofstream(folder.path / "page/secret.key") << "no";
  std::ofstream(folder.path / "outside.html") << "no";
  fs::create_symlink(folder.path / "outside.html", folder.path / "page/link.html");
  const auto files = StaticFiles::load(folder.path / "page");
  REQUIRE(files.has_value());
  CHECK(files->size() == 2);
  CHECK(files->find("/")->bytes == "<!doctype html>");
  CHECK(files->find("/assets/app.js")->content_type == "text/javascript; charset=utf-8");
  for (const char* path :
       {"/../outside.html", "/link.html", "/secret.key", "/assets", "/assets/../index.html", ""})
    CHECK(files->find(path) == nullptr);
  CHECK_FALSE(StaticFiles::load(folder.path / "none").has_value());
}

TEST_CASE("over a socket: keep-alive, HEAD, headers that protect, and requests that are too large") {
  test::Server server;
  test::RawClient client(server.listener->port());
  client.write("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n");
  std::string answer = server.response(client);
  CHECK(answer.starts_with("HTTP/1.1 404"));
  CHECK(answer.find("Content-Security-Policy: default-src 'self'") != std::string::npos);
  CHECK(answer.find("X-Content-Type-Options: nosniff") != std::string::npos);
  client.write(
      "POST /v1/teams HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n"
      R"({"team_name":"x","player_name":"y"})");
  REQUIRE(server.until([&] { return !server.commands.kept.empty(); }));
  actors::Reply reply;
  reply.kind = actors::CommandKind::kCreateTeam;
  reply.player = actors::PlayerIndex{0};
  server.gateway->on_reply(server.commands.kept[0].command.session, {}, reply);
  CHECK(server.response(client).starts_with("HTTP/1.1 200"));

  const auto status = [&server](const std::string& request) {
    test::RawClient one(server.listener->port());
    one.write(request);
    const std::string text = server.response(one);
    return text.empty() ? std::string("none") : text.substr(9, 3);
  };
  CHECK(status("POST /v1/teams HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n") == "413");
  CHECK(status("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(9000, 'x') + "\r\n\r\n") == "431");
  CHECK(status("NONSENSE\r\n\r\n") == "400");
  CHECK(status("GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n") == "404");

  test::RawClient silent(server.listener->port());
  server.turns(50);
  server.clock.advance_ns(6 * kNsPerSecond);
  CHECK(server.until([&] {
    silent.look();
    return silent.is_ended();
  }));
}

struct Operators {
  Folder folder;
  House h;
  StaffTokens staff{folder.path / "staff.tokens"};
  std::unique_ptr<AuditLog> audit = *AuditLog::open(folder.path / "audit.log");
  bool ready = true;
  AdminApp app{
      h.core, staff, *audit, {[this] { return ready; }, [] { return std::string("cairn_up 1\n"); }, {}, {}}};

  std::string mint(StaffRole role) {
    return "Bearer " + std::string(*StaffTokens::mint(folder.path / "staff.tokens", role, h.random));
  }
  std::optional<HttpResponse> ask(HttpMethod method, std::string_view path, std::string_view authorization,
                                  std::string_view body = "") {
    return app.on_request({method, path, authorization, "application/json", body, 5}, h.exchange);
  }
  std::string audited() {
    std::ifstream in(folder.path / "audit.log");
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_CASE("health says whether the server lives and whether it is ready") {
  Operators o;
  CHECK(status_of(o.ask(HttpMethod::kGet, "/livez", "")) == 200);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/readyz", "")) == 200);
  CHECK(o.ask(HttpMethod::kGet, "/metrics", "")->body == "cairn_up 1\n");
  o.ready = false;
  CHECK(status_of(o.ask(HttpMethod::kGet, "/readyz", "")) == 503);
  o.ready = true;
  o.h.core.read_only = true;
  CHECK(status_of(o.ask(HttpMethod::kGet, "/readyz", "")) == 503);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/livez", "")) == 200);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/livez", "")) == 405);
}

TEST_CASE("only an operator acts, a viewer looks, and nobody else sees anything") {
  Operators o;
  const std::string viewer = o.mint(StaffRole::kViewer);
  const std::string op = o.mint(StaffRole::kOperator);
  for (const std::string& nobody : {std::string(), std::string("Bearer x"), op.substr(7), op + "0"})
    CHECK(status_of(o.ask(HttpMethod::kGet, "/v1/admin/state", nobody)) == 401);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/v1/admin/state", viewer)) == 200);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/pause", viewer)) == 403);
  CHECK(o.h.commands.kept.empty());
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/pause", op)) == 0);
  REQUIRE(o.h.commands.kept.size() == 1);
  CHECK(o.h.commands.kept[0].command.kind == actors::CommandKind::kPauseHunt);

  struct stat file {};
  REQUIRE(::stat((o.folder.path / "staff.tokens").c_str(), &file) == 0);
  CHECK((file.st_mode & 0777U) == 0600U);
  fs::resize_file(o.folder.path / "staff.tokens", 0);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/v1/admin/state", op)) == 401);
}

TEST_CASE("an operator's acts become commands, and each is in the audit log with its outcome") {
  Operators o;
  const std::string op = o.mint(StaffRole::kOperator);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/districts/hill/open", op)) == 0);
  CHECK(o.h.commands.kept.back().command.kind == actors::CommandKind::kOpenDistrict);
  CHECK(o.h.commands.kept.back().command.district == actors::DistrictIndex{1});
  CHECK(o.app.on_reply(o.h.exchange, actors::Reply{}).status == 200);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/announce", op, R"({"text":"Hello \"all\""})")) == 0);
  CHECK(o.h.commands.kept.back().text == "Hello \"all\"");
  actors::Reply refused;
  refused.code = actors::Code::kBadRequest;
  refused.reason = actors::Reason::kAlreadySo;
  CHECK(o.app.on_reply(o.h.exchange, refused).status == 409);
  CHECK(
      o.audited() ==
      R"({"time":"2023-11-14T22:13:20.000Z","role":"operator","action":"open","subject":"hill","outcome":"asked"})"
      "\n"
      R"({"time":"2023-11-14T22:13:20.000Z","role":"operator","action":"open","subject":"hill","outcome":"ok"})"
      "\n"
      R"({"time":"2023-11-14T22:13:20.000Z","role":"operator","action":"announce","subject":"Hello \"all\"","outcome":"asked"})"
      "\n"
      R"({"time":"2023-11-14T22:13:20.000Z","role":"operator","action":"announce","subject":"Hello \"all\"","outcome":"bad_request"})"
      "\n");
}

TEST_CASE("a rescore names a team, its player, a puzzle and an entry of this hunt, or is refused") {
  Operators o;
  const std::string op = o.mint(StaffRole::kOperator);
  o.h.core.view.fold(o.h.entries.team(0, "Gulls", "Ada", "AAAABBBB", {}, {}));
  const std::string& puzzle = o.h.hunt->puzzles[1].id;
  const auto body = [&](std::string_view team, std::string_view player, std::string_view of,
                        std::string_view numbers) {
    std::string text{R"({"team":")"};
    text.append(team).append(R"(","player":")").append(player).append(R"(","puzzle":")").append(of);
    return text.append("\",").append(numbers).append("}");
  };
  const std::string_view good = R"("points":75,"guess":1,"rank":2)";
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/rescore", op, body("t0", "p3", puzzle, good))) == 0);
  REQUIRE(o.h.commands.kept.size() == 1);
  const actors::Command& command = o.h.commands.kept.back().command;
  CHECK(command.kind == actors::CommandKind::kRescore);
  CHECK(command.team == actors::TeamIndex{0});
  CHECK(command.player == actors::PlayerIndex{3});
  CHECK(command.puzzle == actors::PuzzleIndex{1});
  CHECK(command.points == 75);
  CHECK(command.guess == 1);
  CHECK(command.rank == 2);
  CHECK(o.audited().find(R"("action":"rescore","subject":"t0 )" + puzzle + R"( 75","outcome":"asked")") !=
        std::string::npos);
  actors::Reply reply;
  reply.kind = actors::CommandKind::kRescore;
  reply.points = 75;
  CHECK(o.app.on_reply(o.h.exchange, reply).body == R"({"points_added":75})");

  for (const std::string& bad :
       {body("t1", "p16", puzzle, good), body("t0", "p16", puzzle, good), body("t00", "p0", puzzle, good),
        body("0", "p0", puzzle, good), body("t0", "", puzzle, good), body("t0", "p0", "nowhere", good),
        body("t0", "p0", puzzle, R"("points":75,"guess":2,"rank":2)"),
        body("t0", "p0", puzzle, R"("points":75,"guess":0,"rank":2)"),
        body("t0", "p0", puzzle, R"("points":-1,"guess":1,"rank":2)"),
        body("t0", "p0", puzzle, R"("points":9999999,"guess":1,"rank":2)"),
        body("t0", "p0", puzzle, R"("points":"75","guess":1,"rank":2)"), std::string("[]"), std::string()})
    CHECK_MESSAGE(status_of(o.ask(HttpMethod::kPost, "/v1/admin/rescore", op, bad)) == 400, bad);
  CHECK(o.h.commands.kept.size() == 1);
}

TEST_CASE("an operator's mistakes are refused before anything is done") {
  Operators o;
  const std::string op = o.mint(StaffRole::kOperator);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/districts/nowhere/open", op)) == 404);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/districts/hill/explode", op)) == 404);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/dance", op)) == 404);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/v1/admin/pause", op)) == 405);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/announce", op, "{}")) == 400);
  CHECK(status_of(o.ask(HttpMethod::kPost, "/v1/admin/announce", op,
                        R"({"text":")" + std::string(281, 'x') + "\"}")) == 400);
  CHECK(status_of(o.ask(HttpMethod::kGet, "/nothing", op)) == 404);
  CHECK(o.h.commands.kept.empty());
  CHECK(o.audited().empty());
}

TEST_CASE("metrics are Prometheus text with units in their names") {
  GatewayCounters total;
  GatewayCounters one;
  one.connections = 3;
  one.closes.count(4008);
  one.closes.count(4999);
  add(total, one);
  add(total, one);
  MetricsText out;
  append_gateway_metrics(out, total);
  const std::string text = out.take();
  CHECK(text.find("# TYPE cairn_connections gauge\ncairn_connections 6.000000\n") != std::string::npos);
  CHECK(text.find("cairn_disconnects_total{code=\"4008\"} 2\n") != std::string::npos);
  CHECK(text.find("cairn_disconnects_total{code=\"other\"} 2\n") != std::string::npos);
}

TEST_CASE("addresses to listen on are understood or refused with a sentence") {
  CHECK(ListenAddress::parse("127.0.0.1:8080")->port == 8080);
  CHECK(ListenAddress::parse("[::1]:80")->host == "::1");
  for (const char* wrong : {"", "8080", ":8080", "host:", "host:x", "host:70000"}) {
    CAPTURE(wrong);
    CHECK_FALSE(ListenAddress::parse(wrong).has_value());
  }
}

TEST_CASE("a port in use is one clear sentence") {
  test::Server server;
  const auto second = Listener::open(server.io, {"127.0.0.1", server.listener->port()}, Audience::kPlayers,
                                     {server.gateway.get()});
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().message.find("in use already") != std::string::npos);
}

}  // namespace
}  // namespace cairn::net
