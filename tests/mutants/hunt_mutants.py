"""Mutants of the server, one fault each, that `cairn simulate` must find: in what actors decide and fold, in what the
journal and the streams keep, in what gateways tell. planting.py says how they get there."""

from planting import mutant

HUNT_MUTANTS = [
    # --- what is decided ---
    mutant("a lockout is told and not kept", "actors/puzzle.cpp", ("if (emitter.hunt_ms() < team.lockout_until_ms) {", "if (false) {")),
    mutant("a guess is open while the puzzle is locked", "actors/puzzle.cpp",
           ("if (!team.unlocked) return reply_to(command, Code::kLocked, Reason::kPuzzleLocked);", "")),
    mutant("answers are taken without a check-in", "actors/puzzle.cpp", ("if (puzzle_.needs_check_in && !team.checked_in)", "if (false)")),
    mutant("the award forgets who solved before", "actors/puzzle.cpp",
           ("entry.points = puzzle_.points.award(solves_);", "entry.points = puzzle_.points.award(0);")),
    mutant("the same wrong guess costs twice", "actors/puzzle.cpp",
           ("    reply.verdict = Verdict::kAlreadyTried;\n    return answer_without_effect(command, reply, emitter);\n",
            "    return reject(command, team, hash, emitter);\n")),
    mutant("hints are sold on credit", "actors/team.cpp",
           ("if (earned_ - spent_ < hint.cost) return refuse(Code::kInsufficientPoints);", "")),
    mutant("a puzzle unlocks before its rule holds", "actors/team.cpp",
           ("(*hunt_)[puzzle].requires_rule.holds(facts))", "((*hunt_)[puzzle].requires_rule.holds(facts) || earned_ > 0))")),
    mutant("a district opens again by its rule", "actors/hunt.cpp",
           ("if (districts_[d].ever_opened || !due", "if (districts_[d].open || !due")),
    mutant("the hunt cannot be paused for long", "actors/hunt.cpp",
           ("if (state_ == HuntState::kNotStarted && wall_ms", "if (state_ != HuntState::kRunning && state_ != HuntState::kEnded && wall_ms")),
    # --- what is folded, and so what a restart knows ---
    mutant("a check-in is forgotten by a restart", "actors/puzzle.cpp",
           ("if (entry.puzzle == self_) teams_[index(entry.team)].checked_in = true;", "")),
    mutant("wrong guesses are counted anew after a restart", "actors/puzzle.cpp", ("    team.wrong = entry.count;\n", "    team.wrong = entry.sequence == 0 ? entry.count : team.wrong;\n")),
    mutant("what was spent is forgotten by a restart", "actors/team.cpp", ("      spent_ += entry.points;\n", "      if (entry.sequence == 0) spent_ += entry.points;\n")),
    mutant("unlocks are forgotten by a restart", "actors/team.cpp",
           ("        puzzles_[index(entry.unlocked[i])].unlocked = true;", "        puzzles_[index(entry.unlocked[i])].unlocked = entry.sequence == 0;")),
    # --- once, and in order ---
    mutant("the dedup entry is forgotten", "actors/runtime/emission.cpp",
           ("    if (!entry.request_id.empty()) requests_.decide(command_->player, entry.request_id, *entry.reply);\n", "")),
    mutant("ties go to whoever came last", "actors/messages/standings.cpp",
           ("reached_[index(other)] > reached_[index(than)]", "reached_[index(other)] < reached_[index(than)]")),
    mutant("an offset is given again after a restart", "bus/journal/journal.cpp",
           ("      given_.last(given.stream) = given.first + given.count - 1;\n", "      given_.last(given.stream) = given.first + given.count - (given.count > 1 ? 2 : 1);\n")),
    mutant("an event is left out of its stream", "bus/journal/journal.cpp",
           ("  for (const std::uint32_t stream : scratch_streams_) given_", "  if (scratch_streams_.size() > 2) scratch_streams_.pop_back();\n  for (const std::uint32_t stream : scratch_streams_) given_")),
    # --- durable first ---
    mutant("acknowledged before the commit", "bus/journal/journal.cpp",
           ("    if (!failed_) commit();\n    release_committed();\n", "    release_committed();\n    if (!failed_) commit();\n")),
    mutant("told before the commit", "bus/journal/journal.cpp",
           ("    flush_and_wake();\n    if (!failed_) publish_events();\n", "    flush_and_wake();\n"),
           ("    if (!failed_) commit();\n", "    if (!failed_) publish_events();\n    if (!failed_) commit();\n")),
    mutant("commits are not synced", "bus/journal/sqlite.cpp", ("PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF"),
           ("if (*synchronous != 2 ||", "if (*synchronous != 0 ||")),
    # --- what is told ---
    mutant("who resumes hears the last event again", "net/session/session.cpp", ("    after[i] = at.offset;\n", "    after[i] = at.offset > 0 ? at.offset - 1 : 0;\n")),
    mutant("who resumes misses an event", "net/session/session.cpp", ("    after[i] = at.offset;\n", "    after[i] = at.offset < core_.streams.last_offset(stream) ? at.offset + 1 : at.offset;\n")),
    mutant("the state forgets what hints cost", "net/view/view.cpp", ("      team.points -= entry.points;\n", "")),
    mutant("the rest of a half-written frame is lost", "net/gateway/send_path.cpp",
           ("        cursor.half_bytes = rest;\n", "        cursor.half_bytes = 0;\n        cursor.positions[part.stream] += rest;\n")),
    mutant("a solve tells everybody the answer", "actors/puzzle.cpp",
           ("  entry.rank = solves_ + 1;\n", "  entry.rank = solves_ + 1;\n  entry.text = puzzle_.answers.front();\n")),
]
