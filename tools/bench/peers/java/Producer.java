import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import java.util.concurrent.locks.LockSupport;

/** One of the two who send: walks its half of the schedule. */
final class Producer {
  private static final int CLOSED_LOOP_WINDOW = 8192;
  private static final int TURN = 256;

  private final World world;
  private int at;
  private long known;

  Producer(World world, int index) {
    this.world = world;
    this.at = index;
  }

  boolean done() {
    return at >= world.schedule.events;
  }

  /** Whether the next event may be sent. */
  private boolean due(long nowNs) {
    if (!world.schedule.closedLoop()) {
      return world.schedule.intendedNs(at) <= nowNs;
    }
    if (at >= known + CLOSED_LOOP_WINDOW) {
      known = world.events();
    }
    return at < known + CLOSED_LOOP_WINDOW;
  }

  private void publish(RingBuffer<Slot> ring, long claimed) {
    Schedule schedule = world.schedule;
    Slot slot = ring.get(claimed);
    byte[] text = schedule.text(at);
    // Without preallocated payloads each event is given one of its own.
    slot.payload(world.preallocated ? text : text.clone(), world.preallocated);
    slot.intendedNs = schedule.intendedNs(at);
    slot.sequence = at;
    slot.team = schedule.team(at);
    slot.district = schedule.district(at);
    slot.flags = schedule.flags(at);
    slot.toTeam = false;
    ring.publish(claimed);
  }

  /** Inside: sends what is due, as far as there is room; returns whether there was anything. */
  boolean sendDue() {
    long nowNs = world.nowNs();
    int sent = 0;
    try {
      for (; sent < TURN && !done() && due(nowNs); sent++, at += World.PRODUCERS) {
        RingBuffer<Slot> ring = world.ringOf(world.schedule.district(at));
        publish(ring, ring.tryNext());
      }
    } catch (InsufficientCapacityException full) {
      return true;
    }
    return sent != 0;
  }

  /** Outside: sleeps until something is due, waits for room as long as it takes. */
  void run() {
    while (world.nowNs() < 0) {
      LockSupport.parkNanos(-world.nowNs());
    }
    long nowNs = world.nowNs();
    for (; !done(); at += World.PRODUCERS) {
      while (!due(nowNs)) {
        nowNs = world.nowNs();
        if (world.schedule.closedLoop()) {
          Thread.yield();
        } else if (world.schedule.intendedNs(at) > nowNs) {
          LockSupport.parkNanos(world.schedule.intendedNs(at) - nowNs);
          nowNs = world.nowNs();
        }
      }
      RingBuffer<Slot> ring = world.ringOf(world.schedule.district(at));
      publish(ring, ring.next());
    }
  }
}
