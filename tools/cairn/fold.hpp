// All that a journal amounts to: what the actors have folded, and what a gateway shows. Without cores, sockets or threads;
// after the same entries it saves the same bytes as a live house.
//
// Owner: who folds. Threads: one at a time. Bounds: the hunt's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "actors/folded_hunt.hpp"
#include "bus/result.hpp"
#include "config/model/hunt.hpp"
#include "net/view/view.hpp"

namespace cairn {

class Fold {
 public:
  explicit Fold(const std::shared_ptr<const config::Hunt>& hunt) : hunt_(hunt), view_(hunt) {}

  void fold(const actors::Entry& entry);
  // The same of an entry's bytes; refuses another edition's.
  Result<void> fold(std::uint64_t sequence, std::span<const std::byte> body);
  void save(actors::StateWriter& out) const;
  // Before any fold(). False: no bytes of save(); the fold is of no use then.
  [[nodiscard]] bool load(std::span<const std::byte> state);
  [[nodiscard]] const net::View& view() const { return view_; }

 private:
  actors::FoldedHunt hunt_;
  net::View view_;
};

}  // namespace cairn
