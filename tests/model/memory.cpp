#include "tests/model/memory.hpp"

#include <algorithm>
#include <cstdlib>

#include "tests/model/signatures.hpp"

namespace cairn::model {

namespace {
bool acquires(std::memory_order order) {
  return order == std::memory_order_acquire || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}
bool releases(std::memory_order order) {
  return order == std::memory_order_release || order == std::memory_order_acq_rel ||
         order == std::memory_order_seq_cst;
}
}  // namespace

// With room for the first stores of each: they come while the arena is open, and are not the program's.
Memory::Memory() {
  for (Location& location : locations_) location.stores.reserve(16);
}

void Memory::reset() {
  locations_count_ = 0;
  cells_.clear();
  for (std::size_t i = 0; i < kThreadsMax; ++i) {
    seen_[i] = {};
    seen_[i].clock[i] = 1;
  }
}

// --- atomics ---

std::size_t Memory::add_location(std::uint64_t value) {
  if (locations_count_ == kLocationsMax) std::abort();
  Location& location = locations_[locations_count_];
  location.stores.assign(1, {value, {}, {}});
  location.newest_in_s = 0;
  return locations_count_++;
}

std::size_t Memory::readable(std::size_t thread, std::size_t number, std::memory_order order) const {
  const Location& location = locations_[number];
  std::size_t oldest = seen_[thread].view[number];
  if (order == std::memory_order_seq_cst) oldest = std::max(oldest, location.newest_in_s);
  return location.stores.size() - oldest;
}

std::uint64_t Memory::read(std::size_t thread, std::size_t number, std::size_t age, std::memory_order order) {
  Location& location = locations_[number];
  const std::size_t index = location.stores.size() - 1 - age;
  const Store& from = location.stores[index];
  Seen& me = seen_[thread];
  me.view[number] = static_cast<std::uint16_t>(index);
  if (acquires(order)) {
    raise(me.clock, from.clock);
    raise(me.view, from.view);
  }
  if (order == std::memory_order_seq_cst) location.newest_in_s = index;
  return from.value;
}

void Memory::append(std::size_t thread, std::size_t number, std::uint64_t value, std::memory_order order,
                    bool continues) {
  Location& location = locations_[number];
  Seen& me = seen_[thread];
  const std::size_t index = location.stores.size();
  me.view[number] = static_cast<std::uint16_t>(index);
  Store store{value, {}, {}};
  if (continues) {
    store.clock = location.stores.back().clock;
    store.view = location.stores.back().view;
  }
  if (releases(order)) {
    raise(store.clock, me.clock);
    raise(store.view, me.view);
    ++me.clock[thread];
  }
  location.stores.push_back(store);
  if (order == std::memory_order_seq_cst) location.newest_in_s = index;
}

bool Memory::is_behind(std::size_t thread) const {
  for (std::size_t i = 0; i < locations_count_; ++i)
    if (seen_[thread].view[i] + 1U < locations_[i].stores.size()) return true;
  return false;
}

void Memory::catch_up_by_one(std::size_t thread) {
  for (std::size_t i = 0; i < locations_count_; ++i)
    if (seen_[thread].view[i] + 1U < locations_[i].stores.size()) ++seen_[thread].view[i];
}

// --- cells ---

const char* Memory::access(std::size_t me, const void* address, bool writes) {
  const Clock& clock = seen_[me].clock;
  auto cell = std::find_if(cells_.begin(), cells_.end(), [&](const Cell& c) { return c.address == address; });
  if (cell == cells_.end()) cell = cells_.insert(cells_.end(), {address, me, 0, {}});
  if (cell->written > clock[cell->writer])
    return writes ? "race: two threads write one cell" : "race: a cell is read before its writing is over";
  if (!writes) {
    cell->read[me] = clock[me];
    return nullptr;
  }
  for (std::size_t i = 0; i < threads_; ++i)
    if (i != me && cell->read[i] > clock[i]) return "race: a cell is written while it may still be read";
  cell->writer = me;
  cell->written = clock[me];
  return nullptr;
}

// --- signatures ---

// Counted from what every thread has left behind, and clocks by rank: so that what happened before, and made
// no difference that is left, makes no difference here either.
std::uint64_t Memory::signature() {
  find_bases();
  find_ranks();
  std::uint64_t all = 0;
  for (std::size_t i = 0; i < threads_; ++i)
    if (!seen_[i].ended) all = mixed(all, mixed(of_clock(seen_[i].clock), of_view(seen_[i].view)));
  for (std::size_t i = 0; i < locations_count_; ++i) {
    const Location& location = locations_[i];
    all = mixed(all, std::max<std::size_t>(location.newest_in_s, bases_[i]) - bases_[i]);
    for (std::size_t s = bases_[i]; s < location.stores.size(); ++s) {
      const Store& store = location.stores[s];
      all = mixed(all, mixed(store.value, mixed(of_clock(store.clock), of_view(store.view))));
    }
  }
  std::uint64_t cells = 0;  // a sum: their order is that in which this run first came to them
  for (const Cell& cell : cells_) {
    std::uint64_t one = mixed(reinterpret_cast<std::uintptr_t>(cell.address), cell.writer);
    one = mixed(one, ranked(cell.writer, cell.written));
    one = mixed(one, of_clock(cell.read));
    cells += one;
  }
  return mixed(all, cells);
}

void Memory::find_bases() {
  bases_.fill(0xffff);
  known_to_all_.fill(0xffffffff);
  for (std::size_t i = 0; i < threads_; ++i) {
    if (seen_[i].ended) continue;
    for (std::size_t l = 0; l < locations_count_; ++l) bases_[l] = std::min(bases_[l], seen_[i].view[l]);
    for (std::size_t t = 0; t < threads_; ++t)
      known_to_all_[t] = std::min(known_to_all_[t], seen_[i].clock[t]);
  }
  for (std::size_t l = 0; l < locations_count_; ++l)
    if (bases_[l] == 0xffff) bases_[l] = 0;
}

void Memory::find_ranks() {
  for (auto& ranks : ranks_) ranks.clear();
  const auto rank_all = [this](const Clock& clock) {
    for (std::size_t t = 0; t < threads_; ++t) rank(t, clock[t]);
  };
  for (std::size_t i = 0; i < threads_; ++i)
    if (!seen_[i].ended) rank_all(seen_[i].clock);
  for (std::size_t l = 0; l < locations_count_; ++l)
    for (std::size_t s = bases_[l]; s < locations_[l].stores.size(); ++s)
      rank_all(locations_[l].stores[s].clock);
  for (const Cell& cell : cells_) {
    rank(cell.writer, cell.written);
    rank_all(cell.read);
  }
}

void Memory::rank(std::size_t thread, std::uint32_t clock) {
  if (clock <= known_to_all_[thread]) return;
  auto& ranks = ranks_[thread];
  const auto at = std::lower_bound(ranks.begin(), ranks.end(), clock);
  if (at == ranks.end() || *at != clock) ranks.insert(at, clock);
}

std::uint64_t Memory::ranked(std::size_t thread, std::uint32_t clock) const {
  if (clock <= known_to_all_[thread]) return 0;
  const auto& ranks = ranks_[thread];
  return 1 + static_cast<std::uint64_t>(std::lower_bound(ranks.begin(), ranks.end(), clock) - ranks.begin());
}

std::uint64_t Memory::of_clock(const Clock& clock) const {
  std::uint64_t all = 0;
  for (std::size_t t = 0; t < threads_; ++t) all = mixed(all, ranked(t, clock[t]));
  return all;
}

std::uint64_t Memory::of_view(const View& view) const {
  std::uint64_t all = 0;
  for (std::size_t l = 0; l < locations_count_; ++l)
    all = mixed(all, std::max(view[l], bases_[l]) - bases_[l]);
  return all;
}

}  // namespace cairn::model
