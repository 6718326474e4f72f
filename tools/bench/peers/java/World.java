import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventFactory;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.concurrent.CountDownLatch;

/** What producers and workers share: the schedule, a ring for each core, the time. */
final class World {
  static final int CORES = 2;
  static final int PRODUCERS = 2;
  private static final int PLACES = 64 * 1024;

  final Schedule schedule;
  final boolean preallocated;
  final boolean yields;
  final RingBuffer<Slot>[] rings;
  final Worker[] workers = new Worker[CORES];
  /** Opened when the run has been measured. */
  final CountDownLatch measured = new CountDownLatch(1);
  private volatile long startNs = Long.MAX_VALUE;

  @SuppressWarnings({"unchecked", "rawtypes"})
  World(Schedule schedule, boolean preallocated, String wait) {
    this.schedule = schedule;
    this.preallocated = preallocated;
    this.yields = wait.equals("yielding");
    EventFactory<Slot> factory =
        () -> {
          Slot slot = new Slot();
          slot.payload = preallocated ? new byte[schedule.payloadBytes] : null;
          return slot;
        };
    rings = new RingBuffer[CORES];
    for (int core = 0; core < CORES; core++) {
      rings[core] = RingBuffer.createMultiProducer(factory, PLACES, strategy(wait));
    }
  }

  private static WaitStrategy strategy(String name) {
    switch (name) {
      case "blocking":
        return new BlockingWaitStrategy();
      case "yielding":
        return new YieldingWaitStrategy();
      case "busyspin":
        return new BusySpinWaitStrategy();
      default:
        throw new IllegalArgumentException("--wait is blocking, yielding or busyspin, not " + name);
    }
  }

  RingBuffer<Slot> ringOf(int actor) {
    return rings[actor % CORES];
  }

  void start(long atNs) {
    startNs = atNs;
  }

  /** From the start; negative before it. */
  long nowNs() {
    return System.nanoTime() - startNs;
  }

  long events() {
    long sum = 0;
    for (Worker worker : workers) {
      sum += worker.events.get();
    }
    return sum;
  }

  boolean handled(long events, long followUps) {
    long handledFollowUps = 0;
    for (Worker worker : workers) {
      handledFollowUps += worker.followUps.get();
    }
    return events() >= events && handledFollowUps >= followUps;
  }
}
