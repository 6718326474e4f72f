import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import java.util.ArrayDeque;

/**
 * One core: reads its ring in batches and runs the actors that live there.
 *
 * <p>The library's BatchEventProcessor would wait for room when a follow-up goes to the other core's full ring, and two of
 * them could wait for each other for ever. So this processor keeps such follow-ups and sends them later.
 */
final class Worker {
  private static final int BATCH = 256;
  private static final int SPINS_BEFORE_YIELD = 100;

  private record FollowUp(byte[] payload, long intendedNs, int sequence, int team) {}

  private static final class Actor {
    long events;
    long lastSequence;
    long checksum;
    long triggerChecksum;

    void touch(Slot slot, long index) {
      events++;
      lastSequence = slot.sequence;
      long added = Schedule.contribution(slot.payload, slot.sequence, index);
      if ((slot.flags & Schedule.TRIGGER) != 0) {
        triggerChecksum += added;
      } else {
        checksum += added;
      }
    }
  }

  /** Handled so far; written once a batch, read by the closed loop's window and by main. */
  final Sequence events = new Sequence(0);

  final Sequence followUps = new Sequence(0);
  final Sequence read = new Sequence();
  final int[] sampleSequences;
  final int[] sampleLatencies;
  int samples;
  long triggers;
  private long handledEvents;
  private long handledFollowUps;

  private final World world;
  private final RingBuffer<Slot> ring;
  private final SequenceBarrier barrier;
  private final Producer producer;
  private final Actor[] districts;
  private final Actor[] teams;
  private final ArrayDeque<FollowUp> outbox = new ArrayDeque<>();

  /** The producer is null when others send. */
  Worker(World world, int core, int measured, Producer producer) {
    this.world = world;
    this.ring = world.rings[core];
    this.barrier = ring.newBarrier();
    this.producer = producer;
    this.sampleSequences = new int[measured];
    this.sampleLatencies = new int[measured];
    this.districts = actors(world.schedule.districts);
    this.teams = actors(world.schedule.teams);
    ring.addGatingSequences(read);
  }

  private static Actor[] actors(int count) {
    Actor[] actors = new Actor[count / World.CORES + 1];
    for (int i = 0; i < actors.length; i++) {
      actors[i] = new Actor();
    }
    return actors;
  }

  void stop() {
    barrier.alert();
  }

  void run() {
    long next = read.get() + 1;
    int idle = 0;
    try {
      while (!barrier.isAlerted()) {
        boolean worked = sendOutbox();
        if (producer != null && world.nowNs() >= 0) {
          worked |= producer.sendDue();
        }
        long available = producer == null && outbox.isEmpty() ? barrier.waitFor(next) : published(next);
        if (available < next) {
          idle = worked ? 0 : waitInside(idle);
          continue;
        }
        idle = 0;
        next = handleTo(next, Math.min(available, next + BATCH - 1));
      }
    } catch (AlertException stopped) {
      // stop() was called while waiting: everything has been handled.
    } catch (TimeoutException | InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As BusySpin and Yielding wait, for the loop that must also look for what is due. */
  private int waitInside(int idle) {
    if (world.yields && idle >= SPINS_BEFORE_YIELD) {
      Thread.yield();
      return idle;
    }
    Thread.onSpinWait();
    return idle + 1;
  }

  /** Debian's version of the library calls this deprecated and offers nothing else that looks without waiting. */
  @SuppressWarnings("deprecation")
  private long published(long next) {
    long last = next - 1;
    while (last < next + BATCH - 1 && ring.isPublished(last + 1)) {
      last++;
    }
    return last;
  }

  private long handleTo(long next, long last) {
    for (; next <= last; next++) {
      Slot slot = ring.get(next);
      if (slot.toTeam) {
        teams[slot.team / World.CORES].touch(slot, (long) world.schedule.districts + slot.team);
        handledFollowUps++;
      } else {
        handleDistrict(slot);
      }
      if (!world.preallocated) {
        slot.payload = null;
      }
    }
    read.set(last);
    events.set(handledEvents);
    followUps.set(handledFollowUps);
    return next;
  }

  private void handleDistrict(Slot slot) {
    districts[slot.district / World.CORES].touch(slot, slot.district);
    if ((slot.flags & Schedule.FOLLOW_UP) != 0
        && !(outbox.isEmpty() && send(slot.payload, slot.intendedNs, slot.sequence, slot.team))) {
      byte[] kept = world.preallocated ? slot.payload.clone() : slot.payload;
      outbox.add(new FollowUp(kept, slot.intendedNs, slot.sequence, slot.team));
    }
    if ((slot.flags & Schedule.TRIGGER) != 0) {
      triggers++;
    }
    if (world.schedule.measured(slot.sequence)) {
      sampleSequences[samples] = slot.sequence;
      sampleLatencies[samples++] = (int) Math.min(Integer.MAX_VALUE, (world.nowNs() - slot.intendedNs) / Report.UNIT_NS);
    }
    handledEvents++;
  }

  private boolean send(byte[] payload, long intendedNs, int sequence, int team) {
    RingBuffer<Slot> to = world.ringOf(team);
    long claimed;
    try {
      claimed = to.tryNext();
    } catch (InsufficientCapacityException full) {
      return false;
    }
    Slot slot = to.get(claimed);
    slot.payload(payload, world.preallocated);
    slot.intendedNs = intendedNs;
    slot.sequence = sequence;
    slot.team = team;
    slot.flags = 0;
    slot.toTeam = true;
    to.publish(claimed);
    return true;
  }

  private boolean sendOutbox() {
    boolean worked = false;
    for (FollowUp first = outbox.peek();
        first != null && send(first.payload, first.intendedNs, first.sequence, first.team);
        first = outbox.peek()) {
      outbox.remove();
      worked = true;
    }
    return worked;
  }

  /** When the loop has ended. */
  void addTo(Report report) {
    report.events += handledEvents - triggers;
    report.followUps += handledFollowUps;
    report.triggers += triggers;
    for (Actor[] actors : new Actor[][] {districts, teams}) {
      for (Actor actor : actors) {
        report.checksum += actor.checksum;
        report.triggerChecksum += actor.triggerChecksum;
      }
    }
  }
}
