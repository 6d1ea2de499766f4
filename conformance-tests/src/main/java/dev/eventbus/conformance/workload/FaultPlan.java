package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.BrokerFixture;
import dev.eventbus.conformance.member.HandlerScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A workload and the faults that it meets, all drawn from one seed.
 *
 * @param seed the seed
 * @param members members at the start
 * @param events what is published, in this order
 * @param steps the faults, by place
 */
public record FaultPlan(long seed, int members, List<Planned> events, List<Step> steps) {

  /**
   * An event.
   *
   * @param key its key
   * @param script what its handler does
   */
  public record Planned(String key, String script) {}

  /**
   * A fault.
   *
   * @param after how many events are settled before it
   * @param fault what happens
   */
  public record Step(int after, Fault fault) {}

  /** What happens to members, or to the broker. */
  public enum Fault {
    /** One is killed, and replaced. */
    KILL,
    /** All are killed, and replaced. */
    KILL_ALL,
    /** One is killed, and then the one that takes over, at the moment when it does. */
    KILL_NEW_OWNER,
    /** One is suspended beyond its lease. */
    SUSPEND,
    /** One leaves in good order, and is replaced. */
    CLOSE,
    /** One more comes. */
    JOIN,
    /** The broker is stopped in good order, and started a moment later. */
    STOP_BROKER,
    /** The broker is killed with -9, and started a moment later. */
    KILL_BROKER,
    /** The broker is stopped, and started long after every lease has ended. */
    LONG_ABSENCE,
    /** The broker is frozen for longer than a lease. */
    PAUSE_BROKER,
    /** The node that leads the topic is killed with -9, and started a moment later. */
    KILL_LEADER,
    /** Each node in turn is stopped in good order and started. */
    ROLLING_RESTART;

    private static final Set<Fault> OF_BROKER =
        EnumSet.of(STOP_BROKER, KILL_BROKER, LONG_ABSENCE, PAUSE_BROKER);
    private static final Set<Fault> OF_CLUSTER = EnumSet.of(KILL_LEADER, ROLLING_RESTART);

    /** What can be done to members, and to this broker. */
    public static Set<Fault> offeredBy(BrokerFixture broker) {
      Set<Fault> offered = EnumSet.allOf(Fault.class);
      if (broker.control().isEmpty()) {
        offered.removeAll(OF_BROKER);
      }
      if (broker.cluster().isEmpty()) {
        offered.removeAll(OF_CLUSTER);
      }
      return offered;
    }

    /** Whether it is done to the broker. */
    boolean ofBroker() {
      return OF_BROKER.contains(this) || OF_CLUSTER.contains(this);
    }
  }

  private static final int MOST_SLOW_MILLIS = 20;

  public FaultPlan {
    events = List.copyOf(events);
    steps = List.copyOf(steps);
  }

  /** The plan of a seed; always the same for the same faults. */
  public static FaultPlan of(long seed, int events, int faults, Set<Fault> offered) {
    var choice = new ArrayList<>(EnumSet.copyOf(offered));
    var random = new Random(seed);
    int members = 2 + random.nextInt(2);
    int keys = 8 + random.nextInt(24);
    int poison = random.nextBoolean() ? random.nextInt(events) : -1;
    var planned = new ArrayList<Planned>();
    for (int i = 0; i < events; i++) {
      String key = "k" + random.nextInt(keys);
      planned.add(new Planned(key, i == poison ? HandlerScript.HALT : script(random)));
    }
    var steps = new ArrayList<Step>();
    for (int i = 1; i <= faults; i++) {
      Fault fault = choice.get(random.nextInt(choice.size()));
      steps.add(new Step(i * events / (faults + 2), fault));
    }
    return new FaultPlan(seed, members, planned, steps);
  }

  private static String script(Random random) {
    String slow = HandlerScript.slow(Duration.ofMillis(random.nextInt(MOST_SLOW_MILLIS)));
    int draw = random.nextInt(100);
    if (draw < 90) {
      return slow;
    } else if (draw < 94) {
      return slow + "+fail," + slow;
    } else if (draw < 95) {
      return slow + "+error," + slow;
    } else if (draw < 97) {
      return HandlerScript.FAIL;
    } else if (draw < 98) {
      return HandlerScript.REJECT;
    }
    return HandlerScript.later(Duration.ofMillis(random.nextInt(400)));
  }
}
