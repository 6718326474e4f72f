import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What the run cost, and the one line of JSON. */
final class Report {
  /** Latencies are kept in units of 10 ns. */
  static final long UNIT_NS = 10;

  private static final long BIN_NS = 100_000_000;
  private static final int MISSING = -1;

  record Usage(long atNs, double cpuSeconds, long allocatedBytes) {
    static Usage now(long[] threads) {
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      var allocated = ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(threads);
      return new Usage(System.nanoTime(), system.getProcessCpuTime() * 1e-9, Arrays.stream(allocated).sum());
    }
  }

  final Schedule schedule;
  long events;
  long followUps;
  long triggers;
  long checksum;
  long triggerChecksum;

  Report(Schedule schedule) {
    this.schedule = schedule;
  }

  static long residentBytesMost() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("/proc/self/status tells no VmHWM");
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  private static double micros(int latency) {
    return latency * UNIT_NS / 1e3;
  }

  /** Of sorted latencies, the smallest that `share` of all do not exceed. */
  private static double atShare(int[] sorted, double share) {
    return micros(sorted[Math.max(1, (int) Math.ceil(share * sorted.length)) - 1]);
  }

  private static String percentiles(int[] sorted) {
    if (sorted.length == 0) {
      return "null";
    }
    return format(
        "{\"p50\":%.2f,\"p90\":%.2f,\"p99\":%.2f,\"p99_9\":%.2f,\"max\":%.2f}",
        atShare(sorted, 0.5), atShare(sorted, 0.9), atShare(sorted, 0.99), atShare(sorted, 0.999),
        micros(sorted[sorted.length - 1]));
  }

  private static String curve(int[] sorted) {
    StringBuilder out = new StringBuilder();
    for (int point = 1; ; point++) {
      double beyond = Math.pow(10, -point / 8.0);
      if (sorted.length * beyond < 1) {
        return out.toString();
      }
      out.append(format("%s[%.7f,%.2f]", point == 1 ? "" : ",", 1 - beyond, atShare(sorted, 1 - beyond)));
    }
  }

  /** By sequence; MISSING where an event was not measured. */
  private int[] latencies(Worker[] workers) {
    int[] latencies = new int[schedule.events];
    Arrays.fill(latencies, MISSING);
    for (Worker worker : workers) {
      for (int i = 0; i < worker.samples; i++) {
        latencies[worker.sampleSequences[i]] = worker.sampleLatencies[i];
      }
    }
    return latencies;
  }

  /** The sorted latencies of the events from one to before another, without those of the opening district. */
  private int[] sorted(int[] latencies, int from, int to, boolean withOpening) {
    int[] kept = new int[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (latencies[i] != MISSING && (withOpening || schedule.district(i) != schedule.opening)) {
        kept[count++] = latencies[i];
      }
    }
    kept = Arrays.copyOf(kept, count);
    Arrays.sort(kept);
    return kept;
  }

  private String timeline(int[] latencies) {
    StringBuilder out = new StringBuilder();
    for (int from = 0, to = 0; !schedule.closedLoop() && from < schedule.events; from = to) {
      long bin = schedule.intendedNs(from) / BIN_NS;
      while (to < schedule.events && schedule.intendedNs(to) / BIN_NS == bin) {
        to++;
      }
      int[] sorted = sorted(latencies, from, to, false);
      if (sorted.length != 0) {
        out.append(out.length() == 0 ? "" : ",");
        out.append(format("[%d,%.2f,%.2f]", bin * BIN_NS / 1_000_000, atShare(sorted, 0.99),
            micros(sorted[sorted.length - 1])));
      }
    }
    return out.toString();
  }

  String toJson(String variant, String mode, Usage from, Usage to, long measured, long residentBytes, Worker[] workers) {
    double seconds = (to.atNs() - from.atNs()) * 1e-9;
    int[] latencies = latencies(workers);
    int[] others = sorted(latencies, 0, schedule.events, false);
    boolean spike = schedule.opening >= 0;
    return format("{\"program\":\"java\",\"variant\":\"%s\",\"mode\":\"%s\",", variant, mode)
        + format("\"profile\":\"%s\",\"events\":%d,\"follow_ups\":%d,", schedule.profile, events, followUps)
        + format("\"triggers\":%d,\"merged\":0,\"checksum\":\"%016x\",", triggers, checksum)
        + format("\"trigger_checksum\":\"%016x\",\"seconds\":%.3f,", triggerChecksum, seconds)
        + format("\"events_per_second\":%.0f,", measured / seconds)
        + format("\"allocated_bytes_per_second\":%.0f,", (to.allocatedBytes() - from.allocatedBytes()) / seconds)
        + format("\"allocations\":null,\"cpu_seconds\":%.3f,", to.cpuSeconds() - from.cpuSeconds())
        + format("\"rss_bytes\":%d,", residentBytes)
        + format("\"latency_us\":%s,", percentiles(sorted(latencies, 0, schedule.events, true)))
        + format("\"others_us\":%s,", spike ? percentiles(others) : "null")
        + format("\"timeline\":[%s],\"curve\":[%s]}", timeline(latencies), curve(others));
  }
}
