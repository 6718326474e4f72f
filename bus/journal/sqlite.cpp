#include "bus/journal/sqlite.hpp"

#include <system_error>

#include "bus/assert.hpp"

namespace cairn::bus {

Error sqlite_error(sqlite3* connection) {
  const char* name = sqlite3_db_filename(connection, "main");
  const std::string path = name != nullptr && *name != '\0' ? name : "the journal";
  const int code = sqlite3_extended_errcode(connection);
  const int system = sqlite3_system_errno(connection);
  std::string reason = sqlite3_errmsg(connection);
  if (system != 0) reason += ", " + std::generic_category().message(system);
  reason += ", SQLite code " + std::to_string(code);
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return failure(path + " is in use by another cairn or an SQLite tool; stop it first (" + reason + ")");
    case SQLITE_FULL:
      return failure("cannot write " + path + ": the disk is full; free some space and start again (" +
                     reason + ")");
    // What we ask for is always the same: if it cannot be understood, the tables are not what we made.
    case SQLITE_ERROR:
    case SQLITE_FORMAT:
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return failure(path +
                     " is damaged; restore it from a backup, or keep what is whole with `cairn repair` (" +
                     reason + ")");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return failure("cannot open " + path +
                     " for writing; check who owns it, and its file system, or, if it is damaged, "
                     "restore it from a backup (" +
                     reason + ")");
    default: return failure("the disk failed under " + path + " (" + reason + ")");
  }
}

void Statement::bind_blob(int place, std::span<const std::byte> bytes) {
  // A null pointer would store NULL.
  static constexpr char kNothing = 0;
  const void* at = bytes.empty() ? static_cast<const void*>(&kNothing) : bytes.data();
  sqlite3_bind_blob64(get(), place, at, bytes.size(), SQLITE_STATIC);
}

void Statement::bind_text(int place, std::string_view text) {
  sqlite3_bind_text64(get(), place, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

Result<Statement::Step> Statement::step() {
  switch (sqlite3_step(get())) {
    case SQLITE_ROW: return Step::kRow;
    case SQLITE_DONE: return Step::kDone;
    default: break;
  }
  Error error = sqlite_error(sqlite3_db_handle(get()));
  reset();
  return error;
}

Result<void> Statement::run() {
  auto stepped = step();
  if (!stepped) return std::move(stepped).error();
  reset();
  return {};
}

std::span<const std::byte> Statement::blob(int column) {
  const auto* at = static_cast<const std::byte*>(sqlite3_column_blob(get(), column));
  return {at, static_cast<std::size_t>(sqlite3_column_bytes(get(), column))};
}

std::string Statement::text(int column) {
  const auto* at = reinterpret_cast<const char*>(sqlite3_column_text(get(), column));
  return at == nullptr ? std::string()
                       : std::string(at, static_cast<std::size_t>(sqlite3_column_bytes(get(), column)));
}

Result<Database> Database::open(FileLayer& files, const std::filesystem::path& path) {
  sqlite3* connection = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  const int opened = sqlite3_open_v2(path.c_str(), &connection, flags, files.sqlite_vfs());
  Database database(connection);
  if (connection == nullptr) return failure("no memory to open " + path.string());
  if (opened != SQLITE_OK) return sqlite_error(connection);
  if (auto settled = database.settle(); !settled) return std::move(settled).error();
  return database;
}

Result<void> Database::settle() {
  allow_checkpoint_on_close(false);
  // The order matters: exclusive before the log, so that its index lives in memory and nobody else can join.
  for (const char* sql :
       {"PRAGMA locking_mode=EXCLUSIVE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
        "PRAGMA mmap_size=0", "PRAGMA wal_autocheckpoint=0", "PRAGMA cell_size_check=ON",
        "PRAGMA trusted_schema=OFF", "PRAGMA temp_store=MEMORY"}) {
    if (auto done = run(sql); !done) return done;
  }
  auto synchronous = number("PRAGMA synchronous");
  if (!synchronous) return std::move(synchronous).error();
  auto mode = prepare("PRAGMA journal_mode");
  if (!mode) return std::move(mode).error();
  auto stepped = mode->step();
  if (!stepped) return std::move(stepped).error();
  if (*synchronous != 2 || mode->text(0) != "wal") {
    return failure("SQLite refuses a write-ahead log synced at every commit for " +
                   std::string(sqlite3_db_filename(get(), "main")) +
                   "; choose a data directory on a local disk");
  }
  return {};
}

Result<Statement> Database::prepare(const char* sql) {
  sqlite3_stmt* prepared = nullptr;
  if (sqlite3_prepare_v3(get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) != SQLITE_OK) {
    return sqlite_error(get());
  }
  Statement statement;
  statement.statement_.reset(prepared);
  return statement;
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return sqlite_error(get());
  return {};
}

Result<std::int64_t> Database::number(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return std::move(statement).error();
  auto stepped = statement->step();
  if (!stepped) return std::move(stepped).error();
  CAIRN_ASSERT(*stepped == Statement::Step::kRow);
  return statement->number(0);
}

void Database::abandon_transaction() {
  if (sqlite3_get_autocommit(get()) == 0) sqlite3_exec(get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::allow_checkpoint_on_close(bool allowed) {
  sqlite3_db_config(get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, allowed ? 0 : 1, nullptr);
}

}  // namespace cairn::bus
