package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.member.HandlerScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

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

  /** What happens to members. */
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
    JOIN
  }

  private static final int MOST_SLOW_MILLIS = 20;

  public FaultPlan {
    events = List.copyOf(events);
    steps = List.copyOf(steps);
  }

  /** The plan of a seed; always the same. */
  public static FaultPlan of(long seed, int events, int faults) {
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
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
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
