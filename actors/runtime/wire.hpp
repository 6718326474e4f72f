// What stands in the heads of the rings between cores, and how a reply travels through the journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "actors/messages/bytes.hpp"
#include "actors/messages/ids.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/reply.hpp"
#include "bus/cell.hpp"

namespace cairn::actors {

// Kinds in the rings from core to core.
enum class Between : std::uint16_t {
  kCommand = 1,  // target = decider, bytes = the command
  kNotice,       // target = kind; operands: version, frozen
  kReplaced      // target = player; operand: generation: a newer connection of his stands on the sending core
};

inline constexpr std::size_t kAnswerRecordBytesMax = 1 + kRequestIdBytesMax + sizeof(Reply);

// Who waits for an answer, as the journal carries it: the core in the upper half of operand 0.
inline void put_session(bus::Head& head, const SessionRef& session) {
  head.operands[0] = std::uint64_t{session.core} << 32U | session.slot;
  head.operands[1] = session.generation;
}
inline SessionRef session_of(const bus::Head& head) {
  return {static_cast<std::uint32_t>(head.operands[0] >> 32U), static_cast<std::uint32_t>(head.operands[0]),
          head.operands[1]};
}

inline std::size_t encode_answer(std::string_view request_id, const Reply& reply, std::span<std::byte> out) {
  ByteWriter writer{out};
  writer.put_text<std::uint8_t>(request_id);
  writer.put(reply);
  return writer.used();
}

struct Answer {
  std::string_view request_id;
  Reply reply;
};
inline Answer decode_answer(std::span<const std::byte> bytes) {
  ByteReader reader{bytes};
  Answer answer;
  answer.request_id = reader.get_text<std::uint8_t>();
  answer.reply = reader.get<Reply>();
  return answer;
}

}  // namespace cairn::actors
