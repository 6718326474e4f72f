#include "actors/messages/entry.hpp"

#include "actors/messages/bytes.hpp"

namespace cairn::actors {

namespace {

// Which optional parts follow the fixed one.
enum Part : std::uint8_t { kTokenHash = 1, kRecoveryHash = 2, kReply = 4 };

constexpr EntryKind kLastKind = EntryKind::kRescored;

}  // namespace

PuzzleIndex PuzzleList::operator[](std::size_t i) const {
  std::uint32_t value = 0;
  std::memcpy(&value, data + i * sizeof value, sizeof value);
  return PuzzleIndex{value};
}

std::size_t encode(const Entry& entry, std::span<std::byte> out) {
  ByteWriter writer{out};
  writer.put(kEntryFormat);
  writer.put(entry.kind);
  writer.put(entry.verdict);
  writer.put(entry.state);
  writer.put(static_cast<std::uint8_t>(entry.withheld));
  writer.put(static_cast<std::uint8_t>((entry.token_hash ? kTokenHash : 0) |
                                       (entry.recovery_hash ? kRecoveryHash : 0) |
                                       (entry.reply ? kReply : 0)));
  writer.put(entry.decider);
  writer.put(entry.cause);
  writer.put(entry.cause_index);
  writer.put(entry.reacted_through);
  writer.put(entry.hunt_ms);
  writer.put(entry.wall_ms);
  writer.put(entry.team);
  writer.put(entry.player);
  writer.put(entry.puzzle);
  writer.put(entry.district);
  writer.put(entry.item);
  writer.put(entry.points);
  writer.put(entry.rank);
  writer.put(entry.count);
  writer.put(entry.until_ms);
  writer.put(entry.answer_hash);
  writer.put_text<std::uint8_t>(entry.request_id);
  writer.put_text<std::uint16_t>(entry.text);
  writer.put_text<std::uint8_t>(entry.name);
  writer.put_text<std::uint8_t>(entry.join_code);
  writer.put(static_cast<std::uint16_t>(entry.unlocked.count));
  writer.put_bytes({entry.unlocked.data, entry.unlocked.count * sizeof(PuzzleIndex)});
  if (entry.token_hash) writer.put(*entry.token_hash);
  if (entry.recovery_hash) writer.put(*entry.recovery_hash);
  if (entry.reply) writer.put(*entry.reply);
  return writer.used();
}

Result<Entry> decode_entry(std::uint64_t sequence, std::span<const std::byte> bytes) {
  ByteReader reader{bytes};
  if (const auto format = reader.get<std::uint8_t>(); format != kEntryFormat)
    return failure("entry " + std::to_string(sequence) + " has format " + std::to_string(format) +
                   ", and this edition reads format " + std::to_string(kEntryFormat) +
                   ": open the data directory with the edition that wrote it");
  Entry entry;
  entry.sequence = sequence;
  entry.kind = reader.get<EntryKind>();
  entry.verdict = reader.get<Verdict>();
  entry.state = reader.get<HuntState>();
  entry.withheld = reader.get<std::uint8_t>() != 0;
  const auto parts = reader.get<std::uint8_t>();
  entry.decider = reader.get<ActorId>();
  entry.cause = reader.get<std::uint64_t>();
  entry.cause_index = reader.get<std::uint32_t>();
  entry.reacted_through = reader.get<std::uint64_t>();
  entry.hunt_ms = reader.get<std::int64_t>();
  entry.wall_ms = reader.get<std::int64_t>();
  entry.team = reader.get<TeamIndex>();
  entry.player = reader.get<PlayerIndex>();
  entry.puzzle = reader.get<PuzzleIndex>();
  entry.district = reader.get<DistrictIndex>();
  entry.item = reader.get<std::uint32_t>();
  entry.points = reader.get<std::int32_t>();
  entry.rank = reader.get<std::uint32_t>();
  entry.count = reader.get<std::uint32_t>();
  entry.until_ms = reader.get<std::int64_t>();
  entry.answer_hash = reader.get<std::uint64_t>();
  entry.request_id = reader.get_text<std::uint8_t>();
  entry.text = reader.get_text<std::uint16_t>();
  entry.name = reader.get_text<std::uint8_t>();
  entry.join_code = reader.get_text<std::uint8_t>();
  entry.unlocked.count = reader.get<std::uint16_t>();
  entry.unlocked.data = reader.get_bytes(entry.unlocked.count * sizeof(PuzzleIndex)).data();
  if ((parts & kTokenHash) != 0) entry.token_hash = reader.get<Hash>();
  if ((parts & kRecoveryHash) != 0) entry.recovery_hash = reader.get<Hash>();
  if ((parts & kReply) != 0) entry.reply = reader.get<Reply>();
  if (!reader.ok() || !reader.at_end() || entry.kind == EntryKind::kNone || entry.kind > kLastKind)
    return failure("entry " + std::to_string(sequence) + " is not one that this edition knows (kind " +
                   std::to_string(static_cast<int>(entry.kind)) + ", " + std::to_string(bytes.size()) +
                   " bytes): open the data directory with the edition that wrote it");
  return entry;
}

}  // namespace cairn::actors
