// A member that is a message could outlive any batch.
// any: (use of deleted function|deleted constructor)
#include "bus/ring.hpp"

using namespace cairn::bus;

class Keeper {
 public:
#ifdef MUST_NOT_COMPILE
  explicit Keeper(const Message& message) : kept_(message) {}  // here
  [[nodiscard]] bool is_one() const { return kept_.head().kind == 1; }

 private:
  const Message kept_;
#else
  explicit Keeper(const Message& message) : kept_(message.head().kind) {}
  [[nodiscard]] bool is_one() const { return kept_ == 1; }

 private:
  const std::uint16_t kept_;
#endif
};

std::size_t take(Consumer& ring) {
  return ring.consume_to(ring.published(), 1,
                         [](const Message& message) { return Keeper{message}.is_one(); });
}
