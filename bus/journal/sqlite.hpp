// SQLite as the journal uses it: one connection, prepared statements, and every failure as a clear sentence.
//
// Owner: Store. Threads: one at a time; the connection has no mutex of its own.
#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "bus/journal/file_layer.hpp"
#include "bus/result.hpp"

namespace cairn::bus {

// Statements end before their database does.
class Statement {
 public:
  enum class Step { kRow, kDone };

  Statement() = default;

  void bind_number(int place, std::int64_t value) { sqlite3_bind_int64(get(), place, value); }
  // The bytes must stay until the statement is reset.
  void bind_blob(int place, std::span<const std::byte> bytes);
  void bind_text(int place, std::string_view text);
  // An error resets the statement.
  [[nodiscard]] Result<Step> step();
  // For statements without rows: step and reset.
  [[nodiscard]] Result<void> run();
  void reset() { sqlite3_reset(get()); }

  [[nodiscard]] std::int64_t number(int column) { return sqlite3_column_int64(get(), column); }
  [[nodiscard]] std::span<const std::byte> blob(int column);
  [[nodiscard]] std::string text(int column);

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  [[nodiscard]] sqlite3_stmt* get() const { return statement_.get(); }
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

class Database {
 public:
  // Opens with the journal's settings: exclusive, write-ahead log, synced at every commit, no mmap, no
  // checkpoint but those that are asked for. Nothing is checkpointed on closing until
  // allow_checkpoint_on_close(true).
  [[nodiscard]] static Result<Database> open(FileLayer& files, const std::filesystem::path& path);

  [[nodiscard]] Result<Statement> prepare(const char* sql);
  [[nodiscard]] Result<void> run(const char* sql);
  [[nodiscard]] Result<std::int64_t> number(const char* sql);
  // Rolls back what is open, whatever comes of it.
  void abandon_transaction();
  void allow_checkpoint_on_close(bool allowed);

  [[nodiscard]] sqlite3* get() const { return connection_.get(); }

 private:
  struct Closer {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}
  [[nodiscard]] Result<void> settle();

  std::unique_ptr<sqlite3, Closer> connection_;
};

// What the connection's last failure means to whoever runs the server.
[[nodiscard]] Error sqlite_error(sqlite3* connection);

}  // namespace cairn::bus
