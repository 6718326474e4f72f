#include "tools/cairn/admin.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "bus/journal/store.hpp"
#include "bus/journal/system_files.hpp"
#include "bus/random.hpp"
#include "net/admin/staff_tokens.hpp"
#include "net/gateway/listener.hpp"
#include "tools/cairn/data_directory.hpp"
#include "tools/cairn/fail.hpp"

namespace cairn::tools {

namespace {

namespace http = boost::beast::http;

struct AdminOptions {
  std::string admin = "127.0.0.1:8081";
  std::string data = "data";
  std::string token_file;
  std::string subject;
  std::string role;
};

std::string json_text(std::string_view text) {
  std::string out{"\""};
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

struct Answer {
  unsigned status = 0;
  std::string body;
};

// One request to the operators' listener.
Result<Answer> ask(const AdminOptions& options, http::verb verb, const std::string& path,
                   const std::string& body) {
  const std::filesystem::path file = options.token_file.empty()
                                         ? std::filesystem::path{options.data} / "operator.token"
                                         : std::filesystem::path{options.token_file};
  const Result<std::string> token = read_text(file);
  if (!token) return failure(token.error().message + "; give --data of the running server, or --token-file");
  const auto address = net::ListenAddress::parse(options.admin);
  if (!address) return failure("--admin: " + address.error().message);
  boost::system::error_code error;
  boost::asio::io_context io;
  boost::asio::ip::tcp::resolver resolver{io};
  boost::asio::ip::tcp::socket socket{io};
  const auto found = resolver.resolve(address->host, std::to_string(address->port), error);
  if (!error) boost::asio::connect(socket, found, error);
  if (error) return failure("no server answers at " + options.admin + ": " + error.message());
  http::request<http::string_body> request{verb, path, 11};
  request.set(http::field::host, options.admin);
  request.set(http::field::authorization, "Bearer " + token->substr(0, token->find_last_not_of(" \r\n") + 1));
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  request.body() = body;
  request.prepare_payload();
  http::write(socket, request, error);
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> response;
  if (!error) http::read(socket, buffer, response, error);
  if (error) return failure("the server at " + options.admin + " did not answer: " + error.message());
  return Answer{response.result_int(), response.body()};
}

int post(const AdminOptions& options, const std::string& path, const std::string& body) {
  const auto answer = ask(options, http::verb::post, path, body);
  if (!answer) return fail(answer.error().message);
  std::printf("%s\n", answer->body.c_str());
  return answer->status / 100 == 2 ? 0 : 1;
}

// Waits until it is whole, or was given up.
int backup(const AdminOptions& options) {
  constexpr std::chrono::milliseconds kLookEvery{200};
  const std::string to = std::filesystem::absolute(options.subject).lexically_normal().string();
  auto answer = ask(options, http::verb::post, "/v1/admin/backup", "{\"to\":" + json_text(to) + "}");
  while (answer && answer->body.find("\"running\":true") != std::string::npos) {
    std::this_thread::sleep_for(kLookEvery);
    answer = ask(options, http::verb::get, "/v1/admin/backup", {});
  }
  if (!answer) return fail(answer.error().message);
  std::printf("%s\n", answer->body.c_str());
  const bool is_whole =
      answer->status / 100 == 2 && answer->body.find("\"failure\":\"\"") != std::string::npos;
  return is_whole ? 0 : 1;
}

// Each line of the file is one request; what was done before is done again at no cost.
int rescore(const AdminOptions& options) {
  const Result<std::string> text = read_text(options.subject);
  if (!text) return fail(text.error().message);
  std::istringstream lines{*text};
  std::size_t number = 0;
  std::size_t applied = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto answer = ask(options, http::verb::post, "/v1/admin/rescore", line);
    const std::string where = options.subject + ":" + std::to_string(number) + ": ";
    if (!answer) return fail(where + answer.error().message);
    if (answer->status / 100 != 2) return fail(where + answer->body);
    applied += answer->body != R"({"points_added":0})";
  }
  std::printf("%zu solves rescored, %zu were so already\n", applied, number - applied);
  return 0;
}

int mint(const AdminOptions& options) {
  const auto role = net::staff_role_of(options.role);
  if (!role) return fail("there is no role " + options.role + ": viewer, designer, editor or operator");
  if (!std::filesystem::is_directory(options.data))
    return fail(options.data +
                " is no data directory: give --data of the server, which makes it at its first start");
  bus::SystemRandom random;
  const auto token =
      net::StaffTokens::mint(std::filesystem::path{options.data} / kStaffTokensFile, *role, random);
  if (!token) return fail(token.error().message);
  std::printf("%s\n", std::string{std::string_view{*token}}.c_str());
  return 0;
}

int repair(const std::string& data) {
  bus::SystemRandom random;
  const auto repaired = bus::Store::repair(bus::system_files(), random, data);
  if (!repaired) return fail(repaired.error().message);
  std::printf("%s\n", repaired->sentence.c_str());
  return 0;
}

}  // namespace

void add_admin(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AdminOptions>();
  CLI::App* admin = app.add_subcommand("admin", "Tell a running server what to do");
  admin->require_subcommand(1);
  admin->add_option("--admin", options->admin, "HOST:PORT of the operators' listener")->capture_default_str();
  admin->add_option("--data", options->data, "The server's data directory, for its operator.token")
      ->capture_default_str();
  admin->add_option("--token-file", options->token_file, "A file with an operator's token");
  const auto verb = [&](const char* name, const char* help, const char* subject, auto act) {
    CLI::App* command = admin->add_subcommand(name, help)->fallthrough();
    if (subject != nullptr) command->add_option(subject, options->subject)->required();
    command->callback([options, &exit_code, act] { exit_code = act(*options); });
  };
  verb("open", "Open a district", "district",
       [](const AdminOptions& o) { return post(o, "/v1/admin/districts/" + o.subject + "/open", "{}"); });
  verb("close", "Close a district", "district",
       [](const AdminOptions& o) { return post(o, "/v1/admin/districts/" + o.subject + "/close", "{}"); });
  verb("announce", "Tell all players something", "text", [](const AdminOptions& o) {
    return post(o, "/v1/admin/announce", "{\"text\":" + json_text(o.subject) + "}");
  });
  verb("backup",
       "Copy the whole of the running server's data, as it is now, to a new directory on its machine", "to",
       [](const AdminOptions& o) { return backup(o); });
  verb("rescore", "Give teams what `cairn replay --with HUNT --corrections FILE` has found that they earned",
       "file", [](const AdminOptions& o) { return rescore(o); });
  for (const char* name : {"pause", "resume", "end"})
    verb(name, "Change the hunt's state", nullptr,
         [name](const AdminOptions& o) { return post(o, std::string{"/v1/admin/"} + name, "{}"); });

  CLI::App* token = app.add_subcommand("token", "Mint a token for the staff and print it, once");
  token->add_option("role", options->role, "viewer, designer, editor or operator")->required();
  token->add_option("--data", options->data, "The server's data directory")->capture_default_str();
  token->callback([options, &exit_code] { exit_code = mint(*options); });

  CLI::App* repairing =
      app.add_subcommand("repair", "Accept the loss of what a damaged journal cannot prove");
  repairing->add_option("data", options->data, "The data directory")->required();
  repairing->callback([options, &exit_code] { exit_code = repair(options->data); });
}

}  // namespace cairn::tools
