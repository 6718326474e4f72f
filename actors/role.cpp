#include "actors/role.hpp"

namespace cairn::actors {

void answer_without_effect(const Command& command, const Reply& reply, Emitter& emitter,
                           std::uint64_t answer_hash) {
  if (is_temporary(reply.code) || command.request_id.empty()) {
    emitter.answer(reply);
    return;
  }
  Entry entry;
  entry.kind = EntryKind::kNothingChanged;
  entry.team = command.team;
  entry.player = command.player;
  entry.puzzle = command.puzzle;
  entry.answer_hash = answer_hash;
  entry.reply = reply;
  emitter.emit(entry);
}

}  // namespace cairn::actors
