#include "tools/crowd/event_ledger.hpp"

#include "tools/crowd/steady_time.hpp"

namespace cairn::crowd {

std::uint32_t Epochs::index_of(std::string_view json_text) {
  for (std::size_t index = 0; index < texts_.size(); ++index) {
    if (texts_[index] == json_text) return static_cast<std::uint32_t>(index);
  }
  texts_.emplace_back(json_text);
  return static_cast<std::uint32_t>(texts_.size() - 1);
}

EventLedger::Record& EventLedger::at(std::uint32_t epoch, std::uint64_t offset) {
  if (epoch >= streams_.size()) streams_.resize(epoch + 1);
  Stream& stream = streams_[epoch];
  if (stream.records.empty()) stream.base = offset;
  // A lying offset far away must not ask for all memory; such records share the nearest place.
  constexpr std::size_t kRecordsMax = 1U << 22;
  if (offset < stream.base) {
    if (stream.base - offset + stream.records.size() > kRecordsMax) return stream.records.front();
    stream.records.insert(stream.records.begin(), static_cast<std::size_t>(stream.base - offset), Record{});
    stream.base = offset;
  }
  const auto index = static_cast<std::size_t>(offset - stream.base);
  if (index >= kRecordsMax) return stream.records.back();
  if (index >= stream.records.size()) stream.records.resize(index + 1);
  return stream.records[index];
}

std::uint64_t EventLedger::highest(std::uint32_t epoch) const {
  if (epoch >= streams_.size() || streams_[epoch].records.empty()) return 0;
  return streams_[epoch].base + streams_[epoch].records.size() - 1;
}

void EventLedger::record_spreads(Histogram& spread_us) const {
  for (const Stream& stream : streams_) {
    for (const Record& record : stream.records) {
      if (record.receivers < 2) continue;
      spread_us.record((record.last_ns - record.first_ns) / kNsPerUs);
    }
  }
}

}  // namespace cairn::crowd
