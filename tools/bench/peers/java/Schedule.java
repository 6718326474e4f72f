import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The schedule, as it stands in the file: ../../workload/FORMAT.md. */
final class Schedule {
  static final int FOLLOW_UP = 1;
  static final int TRIGGER = 2;
  private static final int HEADER_BYTES = 80;
  private static final int RECORD_BYTES = 16;
  private static final int READ_BYTES = 64;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final String profile;
  final long durationNs;
  final int events;
  final int warmEvents;
  final int districts;
  final int teams;
  final int payloadBytes;
  final int opening;
  final byte[][] texts;
  final long bytes;
  private final MappedByteBuffer file;
  private final int recordsAt;

  Schedule(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      bytes = channel.size();
      file = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes);
    }
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.load();
    byte[] start = new byte[HEADER_BYTES];
    file.get(0, start);
    if (!new String(start, 0, 8, StandardCharsets.US_ASCII).equals("CAIRNWL1")) {
      throw new IOException(path + " is not a schedule");
    }
    events = Math.toIntExact(file.getLong(8));
    warmEvents = Math.toIntExact(file.getLong(16));
    durationNs = file.getLong(32);
    districts = file.getInt(40);
    teams = file.getInt(44);
    payloadBytes = file.getInt(48);
    opening = file.getInt(52);
    texts = new byte[file.getInt(56)][payloadBytes];
    for (int i = 0; i < texts.length; i++) {
      file.get(HEADER_BYTES + i * payloadBytes, texts[i]);
    }
    recordsAt = file.getInt(60);
    profile = new String(start, 64, 16, StandardCharsets.US_ASCII).trim();
    if (bytes != recordsAt + (long) events * RECORD_BYTES) {
      throw new IOException(path + " contradicts itself");
    }
  }

  boolean closedLoop() {
    return durationNs == 0;
  }

  boolean measured(int sequence) {
    return !closedLoop() && sequence >= warmEvents;
  }

  long intendedNs(int sequence) {
    return file.getLong(recordsAt + sequence * RECORD_BYTES);
  }

  int team(int sequence) {
    return file.getInt(recordsAt + sequence * RECORD_BYTES + 8);
  }

  int district(int sequence) {
    return file.getShort(recordsAt + sequence * RECORD_BYTES + 12) & 0xffff;
  }

  int flags(int sequence) {
    return file.getShort(recordsAt + sequence * RECORD_BYTES + 14);
  }

  byte[] text(int sequence) {
    return texts[sequence % texts.length];
  }

  static long contribution(byte[] payload, int sequence, long actor) {
    long folded = 0;
    for (int at = 0; at < READ_BYTES; at += Long.BYTES) {
      folded ^= (long) WORDS.get(payload, at);
    }
    return (folded ^ sequence) * (2 * actor + 1);
  }
}
