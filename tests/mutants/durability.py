"""The mutants of durability: one fault each, planted into the journal and looked for by tests/durability."""

from planting import mutant

STORE, SQLITE, MARK, ROW, DIRECTORY, REPAIR = (
    f"bus/journal/{name}.cpp" for name in ("store", "sqlite", "high_water_mark", "row", "directory", "repair"))

COMMIT = "if (auto committed = files_->commit.run(); !committed) return fail(committed.error().message);"
MARK_WRITTEN = """if (auto marked = files_->mark->write(Mark{.sequence = head, .link = link}); !marked) {
    return fail(marked.error().message);
  }"""
MOVED_AT_OPENING = """if (sqlite3_wal_checkpoint_v2(database, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK)"""
VERIFIED = "const EntryReader::Walk walk ="
MARK_NAMED = "if (auto synced = sync_names(files, path.parent_path()); !synced) return synced.error();"

MUTANTS = [
    # --- when an entry counts as stored ---
    mutant("SQLite never syncs", SQLITE,
           ("PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF"), ("*synchronous != 2", "*synchronous != 0")),
    mutant("SQLite syncs at checkpoints only", SQLITE,
           ("PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL"), ("*synchronous != 2", "*synchronous != 1")),
    mutant("append returns before its commit", STORE,
           ("if (auto begun = files_->begin.run();",
            "static_cast<void>(files_->commit.run());\n  if (auto begun = files_->begin.run();"), (COMMIT, "")),
    mutant("a commit for each entry of a group", STORE,
           ("    ++head;\n", "++head; static_cast<void>(files_->commit.run()); static_cast<void>(files_->begin.run());\n")),
    mutant("a failed commit does not stop the store", STORE,
           (COMMIT, COMMIT.replace("fail(", "failure("))),
    # --- syncs that failed ---
    mutant("a failed sync of the mark is tried again", STORE,
           ("files_->mark->sync(); !synced)", "files_->mark->sync(); !synced && !files_->mark->sync())")),
    mutant("closing syncs again what failed to sync", STORE,
           ("allow_checkpoint_on_close(false)", "allow_checkpoint_on_close(true)")),
    mutant("what only memory holds is not written again at opening", STORE, (MOVED_AT_OPENING, "if (false)")),
    # --- the mark ---
    mutant("mark written before the commit", STORE, (COMMIT, ""), (MARK_WRITTEN, MARK_WRITTEN + COMMIT)),
    mutant("head moved before the mark is written", STORE, (MARK_WRITTEN, "head_ = head;\n  link_ = link;\n  " + MARK_WRITTEN)),
    mutant("mark never written", STORE, (MARK_WRITTEN, "")),
    mutant("mark never synced", STORE, ("files_->mark->sync(); !synced)", "Result<void>(); !synced)")),
    mutant("mark not looked at when opening", STORE,
           ("if (mark && walk.head < mark->sequence) {", "if (false) {"), ("if (!mark_found) {", "if (false) {")),
    mutant("mark of any journal taken", STORE, ("mark_found = link == mark->link;", "mark_found = true;")),
    mutant("mark made under its own name", MARK, ('unfinished += ".unfinished";', "")),
    mutant("mark named before it is synced", MARK,
           ("if (auto synced = mark.sync(); !synced) return synced.error();", "")),
    mutant("mark's name not synced", MARK, (MARK_NAMED, "")),
    # --- what is proved when opening ---
    mutant("CRC not checked", ROW, ("row.crc != entry_crc(row.sequence, row.body, row.offsets) ||", "")),
    mutant("chain not checked", ROW, ("if (!std::ranges::equal(row.chain, link))", "if (false)")),
    mutant("gaps not noticed", ROW, ("if (row.sequence != head_ + 1)", "if (false)")),
    mutant("log moved into the database before it is proved", STORE,
           (VERIFIED, MOVED_AT_OPENING.replace("database,", "files_->database.get(),") +
            " return sqlite_error(files_->database.get());\n" + VERIFIED)),
    mutant("a missing journal is made anew whatever the mark says", STORE,
           ("if (*mark && (!bytes || *bytes == 0)) {", "if (false) {"),
           ("if (mark && walk.head < mark->sequence) {", "if (mark && walk.head > 0 && walk.head < mark->sequence) {"),
           ("if (!mark_found) {", "if (walk.head > 0 && !mark_found) {")),
    # --- names ---
    mutant("names above the data directory not synced", DIRECTORY,
           ("if (auto made = make_durable(files, parent, 0777); !made) return made;",
            "if (!files.exists(parent)) static_cast<void>(files.make_directory(parent, 0777));")),
    mutant("name of the data directory not synced", DIRECTORY,
           ("const auto synced = files.sync_directory(parent);", "const FileResult<void> synced;")),
    mutant("an emptied log not synced", STORE,
           ("if (auto emptied = sync_emptied_log(directory); !emptied) return emptied;", "")),
    # --- what cannot be told from another's file ---
    mutant("a head that tells of free pages is believed", STORE,
           ("if (const auto checked = check_head(files_->database, directory.journal()); !checked)", "if (const Result<void> checked; !checked)")),
    mutant("a damaged head is beyond repair", REPAIR, ("read_about_to_repair(*old, directory.journal())", "read_about(*old, directory.journal())")),
    # --- a repair that is cut short ---
    mutant("an empty journal made beside a repaired one", STORE,
           ("if (!files.exists(directory->journal()) && files.exists(directory->repaired())) {", "if (false) {")),
    mutant("old files not durable where they went", REPAIR, ("{*attic, directory.path()}", "{directory.path()}")),
    mutant("old files moved before the new one has its name", REPAIR,
           ("if (auto synced = sync_names(directory.files(), directory.path()); !synced) return std::move(synced).error();", "")),
]
