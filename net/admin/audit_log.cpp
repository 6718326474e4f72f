#include "net/admin/audit_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "net/protocol/json_writer.hpp"
#include "net/protocol/time_text.hpp"

namespace cairn::net {

Result<std::unique_ptr<AuditLog>> AuditLog::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return failure(file.string() + ": cannot be opened: " + std::strerror(errno) + ".");
  return std::unique_ptr<AuditLog>(new AuditLog(fd));
}

AuditLog::~AuditLog() { ::close(fd_); }

bool AuditLog::append(std::int64_t wall_ms, std::string_view role, std::string_view action,
                      std::string_view subject, std::string_view outcome) {
  TextBuffer buffer;
  JsonWriter json(buffer);
  json.begin_object();
  json.member("time", std::string_view(TimeText(wall_ms)));
  json.member("role", role);
  json.member("action", action);
  if (!subject.empty()) json.member("subject", subject);
  json.member("outcome", outcome);
  json.end_object();
  json.finish();
  buffer.append("\n");
  const std::string_view line = buffer.view();
  return ::write(fd_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

}  // namespace cairn::net
