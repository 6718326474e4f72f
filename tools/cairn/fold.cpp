#include "tools/cairn/fold.hpp"

namespace cairn {

void Fold::fold(const actors::Entry& entry) {
  hunt_.fold(entry);
  view_.fold(entry);
}

Result<void> Fold::fold(std::uint64_t sequence, std::span<const std::byte> body) {
  const Result<actors::Entry> entry = actors::decode_entry(sequence, body);
  if (!entry) return entry.error();
  fold(*entry);
  return {};
}

void Fold::save(actors::StateWriter& out) const {
  hunt_.save(out);
  out.put_part([&] { view_.save(out); });
}

bool Fold::load(std::span<const std::byte> state) {
  actors::StateReader in{state};
  hunt_.load(in);
  actors::StateReader view = in.get_part();
  view_.load(view);
  return in.ok() && in.at_end() && view.ok() && view.at_end();
}

}  // namespace cairn
