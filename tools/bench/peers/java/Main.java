import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The work over LMAX Disruptors: a ring of many producers for each core, and one processor that reads it.
 *
 * <p>outside: two threads more send, and the processors wait as --wait says. inside: the processors send what is due
 * themselves and so look instead of waiting: --wait yielding or busyspin. Threads are not pinned, since Java cannot.
 */
public final class Main {
  private static final long START_DELAY_NS = 100_000_000;
  private static final long LOOK_NS = 1_000_000;

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>(Map.of("--mode", "outside", "--wait", "blocking", "--payload", "fresh"));
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], arguments[i + 1]);
    }
    boolean inside = options.get("--mode").equals("inside");
    String wait = options.get("--wait");
    if (!options.containsKey("--schedule") || inside && wait.equals("blocking")) {
      System.err.println(
          "usage: Main --schedule FILE [--mode inside|outside] [--wait blocking|yielding|busyspin]"
              + " [--payload fresh|preallocated]; inside does not block");
      System.exit(2);
    }
    Schedule schedule = new Schedule(Path.of(options.get("--schedule")));
    World world = new World(schedule, options.get("--payload").equals("preallocated"), wait);
    List<Thread> threads = threads(world, inside);
    long[] ids = threads.stream().mapToLong(Thread::getId).toArray();
    // The first look loads what looking needs.
    Report.Usage.now(ids);
    world.start(System.nanoTime() + START_DELAY_NS);
    threads.forEach(Thread::start);

    awaitWarm(world);
    Report.Usage from = Report.Usage.now(ids);
    long before = world.events();
    awaitAll(world);
    Report.Usage to = Report.Usage.now(ids);
    long measured = world.events() - before;
    long samples = 0;
    world.measured.countDown();
    for (Worker worker : world.workers) {
      worker.stop();
      samples += worker.sampleSequences.length;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long resident = Report.residentBytesMost() - schedule.bytes - samples * Long.BYTES;
    Report report = new Report(schedule);
    for (Worker worker : world.workers) {
      worker.addTo(report);
    }
    String variant = wait + "-" + options.get("--payload");
    System.out.println(
        report.toJson(variant, inside ? "inside" : "outside", from, to, measured, resident, world.workers));
  }

  private static List<Thread> threads(World world, boolean inside) {
    int[] measured = new int[World.CORES];
    for (int i = 0; i < world.schedule.events; i++) {
      measured[world.schedule.district(i) % World.CORES] += world.schedule.measured(i) ? 1 : 0;
    }
    List<Thread> threads = new ArrayList<>();
    for (int core = 0; core < World.CORES; core++) {
      Worker worker = new Worker(world, core, measured[core], inside ? new Producer(world, core) : null);
      world.workers[core] = worker;
      threads.add(new Thread(worker::run, "worker-" + core));
    }
    for (int i = 0; !inside && i < World.PRODUCERS; i++) {
      Producer producer = new Producer(world, i);
      threads.add(new Thread(() -> produce(world, producer), "producer-" + i));
    }
    return threads;
  }

  /** What a thread has allocated is forgotten with the thread, so it stays until that was asked. */
  private static void produce(World world, Producer producer) {
    producer.run();
    try {
      world.measured.await();
    } catch (InterruptedException nobodyInterrupts) {
      throw new IllegalStateException(nobodyInterrupts);
    }
  }

  private static void awaitWarm(World world) {
    Schedule schedule = world.schedule;
    while (schedule.closedLoop()
        ? world.events() < schedule.warmEvents
        : world.nowNs() < schedule.intendedNs(schedule.warmEvents)) {
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private static void awaitAll(World world) {
    Schedule schedule = world.schedule;
    long followUps = 0;
    for (int i = 0; i < schedule.events; i++) {
      followUps += schedule.flags(i) & Schedule.FOLLOW_UP;
    }
    long lastNs = schedule.closedLoop() ? 0 : schedule.intendedNs(schedule.events - 1);
    while (world.nowNs() < lastNs) {
      LockSupport.parkNanos(lastNs - world.nowNs());
    }
    while (!world.handled(schedule.events, followUps)) {
      LockSupport.parkNanos(LOOK_NS);
    }
  }
}
