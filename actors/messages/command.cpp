#include "actors/messages/command.hpp"

#include "actors/messages/bytes.hpp"

namespace cairn::actors {

ActorId decider_of(const Command& command) {
  switch (command.kind) {
    case CommandKind::kSubmitAnswer:
    case CommandKind::kDiscoverClue:
    case CommandKind::kCheckIn:
    case CommandKind::kRescore: return actor_id(ActorKind::kPuzzle, index(command.puzzle));
    case CommandKind::kRequestHint:
    case CommandKind::kJoinTeam:
    case CommandKind::kRecoverPlayer: return actor_id(ActorKind::kTeam, index(command.team));
    default: return kHuntActor;
  }
}

std::size_t encode(const Command& command, std::span<std::byte> out) {
  ByteWriter writer{out};
  writer.put(command.kind);
  writer.put(command.session);
  writer.put(command.player);
  writer.put(command.team);
  writer.put(command.puzzle);
  writer.put(command.district);
  writer.put(command.item);
  writer.put(static_cast<std::uint8_t>(command.at.has_value()));
  writer.put(command.at.value_or(config::Position{}));
  writer.put(command.accuracy_m);
  writer.put(command.intended_ns);
  writer.put_text<std::uint8_t>(command.request_id);
  writer.put_text<std::uint16_t>(command.text);
  writer.put_text<std::uint8_t>(command.name);
  writer.put_text<std::uint8_t>(command.join_code);
  const bool hashes = command.token_hash != Hash{};
  writer.put(static_cast<std::uint8_t>(hashes));
  if (hashes) {
    writer.put(command.token_hash);
    writer.put(command.recovery_hash);
  }
  if (command.kind == CommandKind::kRescore) {
    writer.put(command.points);
    writer.put(command.guess);
    writer.put(command.rank);
  }
  return writer.used();
}

Command decode_command(std::span<const std::byte> bytes) {
  ByteReader reader{bytes};
  Command command;
  command.kind = reader.get<CommandKind>();
  command.session = reader.get<SessionRef>();
  command.player = reader.get<PlayerIndex>();
  command.team = reader.get<TeamIndex>();
  command.puzzle = reader.get<PuzzleIndex>();
  command.district = reader.get<DistrictIndex>();
  command.item = reader.get<std::uint32_t>();
  const bool has_position = reader.get<std::uint8_t>() != 0;
  const auto position = reader.get<config::Position>();
  if (has_position) command.at = position;
  command.accuracy_m = reader.get<std::uint32_t>();
  command.intended_ns = reader.get<std::int64_t>();
  command.request_id = reader.get_text<std::uint8_t>();
  command.text = reader.get_text<std::uint16_t>();
  command.name = reader.get_text<std::uint8_t>();
  command.join_code = reader.get_text<std::uint8_t>();
  if (reader.get<std::uint8_t>() != 0) {
    command.token_hash = reader.get<Hash>();
    command.recovery_hash = reader.get<Hash>();
  }
  if (command.kind == CommandKind::kRescore) {
    command.points = reader.get<std::int32_t>();
    command.guess = reader.get<std::uint64_t>();
    command.rank = reader.get<std::uint32_t>();
  }
  CAIRN_ASSERT(reader.ok());
  return command;
}

}  // namespace cairn::actors
