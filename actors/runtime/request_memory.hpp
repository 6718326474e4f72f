// The replies to the last kReplayedRepliesMax request ids of each player, so that a request sent again costs nothing and
// is answered with the same bytes, across reconnects and restarts.
//
// Every core remembers every player's committed requests, in the order of the journal, so that all cores and every
// restart remember the same; the deciding core also those still on their way, which stand behind the committed ones
// until their entries come back.
// Owner: a Shard. Threads: its core's. Bounds: eight chunks of eight replies a player, taken from one array as they are
// needed. When full: the player's oldest reply gives way.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "actors/messages/ids.hpp"
#include "actors/messages/limits.hpp"
#include "actors/messages/reply.hpp"
#include "actors/messages/state_bytes.hpp"
#include "bus/lazy_array.hpp"

namespace cairn::actors {

class RequestMemory {
 public:
  explicit RequestMemory(std::size_t players_max)
      : players_(players_max), chunks_(players_max * kChunksPerPlayer + 1) {}

  // The reply given to this request before, or nothing. Valid until the next decide() or commit().
  [[nodiscard]] const Reply* find(PlayerIndex player, std::string_view request_id) const {
    const Player& of = players_[index(player)];
    const std::uint32_t at = find(of, of.oldest, of.count, request_id);
    return at == of.count ? nullptr : &item(of, at).reply;
  }

  // Decided here, and not yet committed.
  void decide(PlayerIndex player, std::string_view request_id, const Reply& reply) {
    Player& of = players_[index(player)];
    if (find(of, of.oldest, of.count, request_id) != of.count) return;
    append(of, request_id, reply);
  }

  // Committed, wherever it was decided. Of two with one id the first counts.
  void commit(PlayerIndex player, std::string_view request_id, const Reply& reply) {
    Player& of = players_[index(player)];
    const bool known = find(of, of.oldest, of.committed, request_id) != of.committed;
    std::uint32_t at = find(of, of.committed, of.count, request_id);
    if (known) {
      if (at != of.count) forget(of, at);
      return;
    }
    if (at == of.count) append(of, request_id, reply);
    // To the end of the committed ones: those still on their way move up.
    if (at != of.committed) {
      for (; at > of.committed; --at) move(of, at - 1, at);
      put(of, at, request_id, reply);
    }
    item(of, at).reply = reply;
    ++of.committed;
  }

  // The committed ones; with nothing on its way that is all.
  void save(StateWriter& out) const {
    for (std::size_t p = 0; p < players_.size(); ++p) {
      const Player& of = players_[p];
      if (of.committed == of.oldest) continue;
      out.put(static_cast<std::uint32_t>(p));
      out.put(of.committed - of.oldest);
      for (std::uint32_t at = of.oldest; at < of.committed; ++at) {
        const Remembered& one = item(of, at);
        out.put_text({one.id.data(), one.id_bytes});
        out.put(one.reply);
      }
    }
    out.put(kNoPlayer);
  }
  void load(StateReader& in) {
    for (auto p = in.get<std::uint32_t>(); p != index(kNoPlayer) && in.ok(); p = in.get<std::uint32_t>()) {
      if (p >= players_.size()) return in.refuse();
      for (auto left = in.get<std::uint32_t>(); left > 0 && in.ok(); --left) {
        const std::string_view id = in.get_text();
        if (id.size() > kRequestIdBytesMax) return in.refuse();
        append(players_[p], id, in.get<Reply>());
        ++players_[p].committed;
      }
    }
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
  // A ring of places; numbers count from the first reply ever: oldest <= committed <= count.
  struct Player {
    std::uint32_t oldest;
    std::uint32_t committed;                              // those from here on are on their way
    std::uint32_t count;                                  // at most kReplayedRepliesMax after the oldest
    std::array<std::uint16_t, kReplayedRepliesMax> tags;  // of the ids: most replies need not be looked at
    std::array<std::uint32_t, kChunksPerPlayer> chunks;   // 0: none yet
  };

  [[nodiscard]] const Remembered& item(const Player& of, std::uint32_t at) const {
    const std::uint32_t place = at % kReplayedRepliesMax;
    return chunks_[of.chunks[place / kChunkReplies]].items[place % kChunkReplies];
  }
  [[nodiscard]] Remembered& item(const Player& of, std::uint32_t at) {
    const std::uint32_t place = at % kReplayedRepliesMax;
    return chunks_[of.chunks[place / kChunkReplies]].items[place % kChunkReplies];
  }
  // `last` if it is not among them.
  [[nodiscard]] std::uint32_t find(const Player& of, std::uint32_t first, std::uint32_t last,
                                   std::string_view request_id) const {
    const std::uint16_t tag = tag_of(request_id);
    for (std::uint32_t at = first; at < last; ++at) {
      if (of.tags[at % kReplayedRepliesMax] != tag) continue;
      const Remembered& one = item(of, at);
      if (std::string_view{one.id.data(), one.id_bytes} == request_id) return at;
    }
    return last;
  }
  static std::uint16_t tag_of(std::string_view request_id) {
    std::uint32_t hash = 0x811c9dc5U;  // FNV-1a
    for (const char c : request_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    return static_cast<std::uint16_t>(hash ^ (hash >> 16U));
  }
  void move(Player& of, std::uint32_t from, std::uint32_t to) {
    item(of, to) = item(of, from);
    of.tags[to % kReplayedRepliesMax] = of.tags[from % kReplayedRepliesMax];
  }
  void append(Player& of, std::string_view request_id, const Reply& reply) {
    const std::uint32_t at = of.count++;
    if (of.count - of.oldest > kReplayedRepliesMax) ++of.oldest;
    of.committed = std::max(of.committed, of.oldest);
    std::uint32_t& chunk = of.chunks[at % kReplayedRepliesMax / kChunkReplies];
    if (chunk == 0) chunk = ++chunks_taken_;
    put(of, at, request_id, reply);
  }
  void put(Player& of, std::uint32_t at, std::string_view request_id, const Reply& reply) {
    of.tags[at % kReplayedRepliesMax] = tag_of(request_id);
    Remembered& one = item(of, at);
    one.id_bytes = static_cast<std::uint8_t>(request_id.size());
    std::memcpy(one.id.data(), request_id.data(), request_id.size());
    one.reply = reply;
  }
  void forget(Player& of, std::uint32_t at) {
    for (; at + 1 < of.count; ++at) move(of, at + 1, at);
    --of.count;
  }

  bus::LazyArray<Player> players_;
  bus::LazyArray<Chunk> chunks_;
  std::uint32_t chunks_taken_ = 0;
};

}  // namespace cairn::actors
