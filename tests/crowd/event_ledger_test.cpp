// Goal: players who are told different bytes are found out, and spreads are from first to last. Breaks: one
// changed byte anywhere, offsets far away, epochs.
#include "tools/crowd/event_ledger.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "tools/crowd/text_hash.hpp"

using namespace cairn::crowd;

TEST_CASE("a hash differs for every single changed byte, and for a byte more or less") {
  const std::string text(97, 'a');
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = 'b';
    CHECK(text_hash(changed) != text_hash(text));
  }
  CHECK(text_hash(text + 'a') != text_hash(text));
  CHECK(text_hash(std::string(8, '\0')) != text_hash(std::string(16, '\0')));
}

TEST_CASE("a hash sees two words that change places") {
  const std::string one = "12345678abcdefgh12345678ABCDEFGH";
  const std::string two = "abcdefgh1234567812345678ABCDEFGH";
  CHECK(text_hash(one) != text_hash(two));
}

TEST_CASE("a second player with other bytes is an identity error") {
  EventLedger ledger;
  ledger.at(0, 5).hash = text_hash("as it was");
  CHECK(ledger.compare(ledger.at(0, 5), text_hash("as it was")));
  CHECK_FALSE(ledger.compare(ledger.at(0, 5), text_hash("as it is not")));
  CHECK(ledger.identity_errors() == 1);
}

TEST_CASE("offsets of different epochs are different events") {
  EventLedger ledger;
  ledger.at(0, 5).hash = 1;
  ledger.at(1, 5).hash = 2;
  CHECK(ledger.at(0, 5).hash == 1);
  CHECK(ledger.highest(1) == 5);
  CHECK(ledger.highest(2) == 0);
}

TEST_CASE("a record from before the first one seen keeps the others in their places") {
  EventLedger ledger;
  ledger.at(0, 100).hash = 100;
  ledger.at(0, 97).hash = 97;
  ledger.at(0, 103).hash = 103;
  CHECK(ledger.at(0, 100).hash == 100);
  CHECK(ledger.at(0, 97).hash == 97);
  CHECK(ledger.highest(0) == 103);
}

TEST_CASE("an offset that is a lie does not ask for all memory") {
  EventLedger ledger;
  ledger.at(0, 1).hash = 1;
  ledger.at(0, UINT64_MAX / 2).hash = 2;
  CHECK(ledger.highest(0) < 1000);
}

TEST_CASE("a spread is from the first to the last receiver, and one receiver has none") {
  EventLedger ledger;
  EventLedger::arrived(ledger.at(0, 1), 1'000'000);
  EventLedger::arrived(ledger.at(0, 1), 3'000'000);
  EventLedger::arrived(ledger.at(0, 1), 5'000'000);
  EventLedger::arrived(ledger.at(0, 2), 1'000'000);
  const auto spread = std::make_unique<Histogram>();
  ledger.record_spreads(*spread);
  CHECK(spread->count() == 1);
  CHECK(spread->max() == 4000);
}

TEST_CASE("epochs are kept as the JSON they were") {
  Epochs epochs;
  const auto text = epochs.index_of("\"hunt-1\"");
  const auto number = epochs.index_of("17");
  CHECK(text != number);
  CHECK(epochs.index_of("\"hunt-1\"") == text);
  CHECK(epochs.text(number) == "17");
}
