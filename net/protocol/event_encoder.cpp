#include "net/protocol/event_encoder.hpp"

#include <cstring>

#include "bus/assert.hpp"
#include "net/protocol/frame.hpp"
#include "net/protocol/json_writer.hpp"
#include "net/protocol/names.hpp"
#include "net/protocol/public_id.hpp"
#include "net/protocol/time_text.hpp"

namespace cairn::net {
namespace {

using actors::Entry;
using actors::EventKind;
using actors::EventRef;
using config::Hunt;

constexpr std::size_t kHeadBytes = 4;

void write_member_joined(JsonWriter& json, const Entry& entry) {
  json.member("player", std::string_view(PublicId(entry.player)));
  json.member("name", entry.name);
  json.member("team", std::string_view(PublicId(entry.team)));
}

void write_solve(JsonWriter& json, const Hunt& hunt, const Entry& entry) {
  const config::Puzzle& puzzle = hunt[entry.puzzle];
  json.member("team", std::string_view(PublicId(entry.team)));
  json.member("name", entry.text);
  json.member("puzzle", puzzle.id);
  json.member("district", hunt[puzzle.district].id);
}

// The text of a clue or hint, or nothing but its index when it would not fit.
void write_item(JsonWriter& json, std::string_view key, std::uint32_t item, std::string_view text,
                bool with_text) {
  json.begin_object(key);
  json.member("index", item);
  if (with_text) json.member("text", text);
  json.end_object();
  if (!with_text) json.member("truncated", true);
}

void write_clue(JsonWriter& json, const Hunt& hunt, const Entry& entry, bool with_text) {
  const config::Puzzle& puzzle = hunt[entry.puzzle];
  json.member("puzzle", puzzle.id);
  CAIRN_ASSERT(entry.item < puzzle.clues.size());
  write_item(json, "clue", entry.item, puzzle.clues[entry.item].text, with_text);
  if (!entry.name.empty()) json.member("by", entry.name);
}

void write_hint(JsonWriter& json, const Hunt& hunt, const Entry& entry, bool with_text) {
  const config::Puzzle& puzzle = hunt[entry.puzzle];
  json.member("puzzle", puzzle.id);
  CAIRN_ASSERT(entry.item < puzzle.hints.size());
  write_item(json, "hint", entry.item, puzzle.hints[entry.item].text, with_text);
  json.member("cost", entry.points);
  if (!entry.name.empty()) json.member("by", entry.name);
}

void write_unlocked(JsonWriter& json, const Hunt& hunt, const Entry& entry, std::uint32_t item) {
  const config::Puzzle& puzzle = hunt[entry.unlocked[item]];
  json.member("puzzle", puzzle.id);
  json.member("district", hunt[puzzle.district].id);
  json.member("title", puzzle.title);
}

void write_data(JsonWriter& json, const Hunt& hunt, const Entry& entry, EventRef event, bool with_text) {
  switch (event.kind) {
    case EventKind::kHuntStateChanged: json.member("state", name_of(entry.state)); break;
    case EventKind::kDistrictOpened:
      json.member("district", hunt[entry.district].id);
      json.member("name", hunt[entry.district].name);
      json.member("revision", 1);
      break;
    case EventKind::kDistrictClosed:
      json.member("district", hunt[entry.district].id);
      json.member("name", hunt[entry.district].name);
      break;
    case EventKind::kPuzzleUnlocked: write_unlocked(json, hunt, entry, event.item); break;
    case EventKind::kClueDiscovered: write_clue(json, hunt, entry, with_text); break;
    case EventKind::kPuzzleSolved:
      json.member("puzzle", hunt[entry.puzzle].id);
      json.member("by", entry.name);
      json.member("points", entry.points);
      break;
    case EventKind::kTeamSolved:
      write_solve(json, hunt, entry);
      json.member("rank", entry.rank);
      break;
    case EventKind::kFirstSolve:
      write_solve(json, hunt, entry);
      json.member("points", entry.points);
      break;
    case EventKind::kHintGranted: write_hint(json, hunt, entry, with_text); break;
    case EventKind::kAnnouncement: json.member("text", entry.text); break;
    case EventKind::kMemberJoined: write_member_joined(json, entry); break;
    case EventKind::kPointsAwarded:
      json.member("points", entry.points);
      json.member("reason", "rescored");
      json.member("puzzle", hunt[entry.puzzle].id);
      break;
    case EventKind::kTokenEnded: break;
  }
}

std::size_t write_payload(const Hunt& hunt, const Entry& entry, EventRef event, std::uint64_t offset,
                          std::span<std::byte> out, bool with_text) {
  JsonWriter json(out);
  json.begin_object();
  json.member("type", "event");
  json.member("stream", name_of(actors::stream_kind(event.stream)));
  json.member("offset", offset);
  json.member("event", actors::name_of(event.kind));
  json.member("time", std::string_view(TimeText(entry.wall_ms)));
  json.begin_object("data");
  write_data(json, hunt, entry, event, with_text);
  json.end_object();
  json.end_object();
  return json.overflowed() ? 0 : json.written();
}

}  // namespace

std::size_t encode_event(const Hunt& hunt, const Entry& entry, EventRef event, std::uint64_t offset,
                         std::span<std::byte> out) {
  const std::span<std::byte> place =
      out.subspan(kHeadBytes, std::min<std::size_t>(out.size() - kHeadBytes, 0xffff));
  std::size_t bytes = write_payload(hunt, entry, event, offset, place, true);
  if (bytes == 0) bytes = write_payload(hunt, entry, event, offset, place, false);
  CAIRN_ASSERT(bytes > 0);
  const std::size_t head = write_frame_head(Opcode::kText, bytes, out.data());
  if (head < kHeadBytes) std::memmove(out.data() + head, place.data(), bytes);
  return head + bytes;
}

}  // namespace cairn::net
