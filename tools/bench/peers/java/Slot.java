/** What a place of a ring holds: made once, written by whoever claims it. */
final class Slot {
  byte[] payload;
  long intendedNs;
  int sequence;
  int team;
  int district;
  int flags;
  boolean toTeam;

  /** A preallocated payload belongs to the place and is copied into; any other is only pointed to. */
  void payload(byte[] bytes, boolean preallocated) {
    if (preallocated) {
      System.arraycopy(bytes, 0, payload, 0, bytes.length);
    } else {
      payload = bytes;
    }
  }
}
