#include "net/protocol/epoch.hpp"

#include "net/protocol/public_id.hpp"

namespace cairn::net {

EpochText Epochs::of(actors::StreamId stream) const {
  EpochText text;
  text.append(prefix_);
  const std::uint32_t i = stream & 0x0fffffffU;
  switch (actors::stream_kind(stream)) {
    case actors::StreamKind::kTeam: text.append(PublicId(actors::TeamIndex{i})); break;
    case actors::StreamKind::kMe: text.append(PublicId(actors::PlayerIndex{i})); break;
    case actors::StreamKind::kHunt: text.append("hunt"); break;
    case actors::StreamKind::kStaff: text.append("staff"); break;
  }
  return text;
}

}  // namespace cairn::net
