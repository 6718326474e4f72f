// What is proved of a server's state and files, entry by entry: the state is what the entries fold to, and nothing else.
//
// Threads: one. Of a house that has settled: all that was decided is committed, and nobody is dead.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bus/result.hpp"
#include "config/model/hunt.hpp"
#include "tools/cairn/fold.hpp"
#include "tools/cairn/house.hpp"

namespace cairn::simulate {

// The bodies of a journal's entries, from the first.
using Entries = std::vector<std::vector<std::byte>>;

[[nodiscard]] Result<Entries> entries_of(House& house);

// Why the house's state is not what these entries fold to, or why its cores do not hold the same; "" if all is well.
[[nodiscard]] std::string unlike_fold(House& house, const std::shared_ptr<const config::Hunt>& hunt,
                                      const Entries& entries);
// The same with its own entries.
[[nodiscard]] std::string unlike_its_fold(House& house, const std::shared_ptr<const config::Hunt>& hunt);

}  // namespace cairn::simulate
