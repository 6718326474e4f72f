// The replies to the last kReplayedRepliesMax request ids of each player, so that a request sent again costs nothing and
// is answered with the same bytes, across reconnects and restarts.
//
// Filled when a decision is made and again, to no effect, when its entry is folded; so every core remembers every
// player's committed requests, and the deciding core also those still on their way.
// Owner: a Shard. Threads: its core's. Bounds: eight chunks of eight replies a player, taken from one array as they are
// needed. When full: the player's oldest reply gives way.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/reply.hpp"
#include "bus/lazy_array.hpp"

namespace cairn::actors {

class RequestMemory {
 public:
  explicit RequestMemory(std::size_t players_max)
      : players_(players_max), chunks_(players_max * kChunksPerPlayer + 1) {}

  // The reply given to this request before, or nothing. Valid until the next remember().
  [[nodiscard]] const Reply* find(PlayerIndex player, std::string_view request_id) const {
    const Player& of = players_[index(player)];
    const std::uint32_t known = of.count < kReplayedRepliesMax ? of.count : kReplayedRepliesMax;
    for (std::uint32_t i = 0; i < known; ++i) {
      const Remembered& item = chunks_[of.chunks[i / kChunkReplies]].items[i % kChunkReplies];
      if (std::string_view{item.id.data(), item.id_bytes} == request_id) return &item.reply;
    }
    return nullptr;
  }

  void remember(PlayerIndex player, std::string_view request_id, const Reply& reply) {
    if (find(player, request_id) != nullptr) return;
    Player& of = players_[index(player)];
    const std::uint32_t place = of.count++ % kReplayedRepliesMax;
    std::uint32_t& chunk = of.chunks[place / kChunkReplies];
    if (chunk == 0) chunk = ++chunks_taken_;
    Remembered& item = chunks_[chunk].items[place % kChunkReplies];
    item.id_bytes = static_cast<std::uint8_t>(request_id.size());
    std::memcpy(item.id.data(), request_id.data(), request_id.size());
    item.reply = reply;
  }

 private:
  static constexpr std::uint32_t kChunkReplies = 8;
  static constexpr std::uint32_t kChunksPerPlayer = kReplayedRepliesMax / kChunkReplies;

  struct Remembered {
    Reply reply;
    std::uint8_t id_bytes;
    std::array<char, kRequestIdBytesMax> id;
  };
  struct Chunk {
    std::array<Remembered, kChunkReplies> items;
  };
  struct Player {
    std::uint32_t count;
    std::array<std::uint32_t, kChunksPerPlayer> chunks;  // 0: none yet
  };

  bus::LazyArray<Player> players_;
  bus::LazyArray<Chunk> chunks_;
  std::uint32_t chunks_taken_ = 0;
};

}  // namespace cairn::actors
