// The atomics that the proofs look into. tests/model puts a header of this name before this one on its include path, in
// which every load, store and exchange is a step of an exhaustive exploration: so the very text of ring.hpp,
// event_count.hpp and job_list.hpp is what is explored, and costs nothing for it here.
//
// Threads: any. Bounds: what std::atomic can hold without a lock.
#pragma once

#include <atomic>

namespace cairn::bus {

template <class T>
using Atomic = std::atomic<T>;

}  // namespace cairn::bus
