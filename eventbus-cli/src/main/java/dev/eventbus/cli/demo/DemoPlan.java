package dev.eventbus.cli.demo;

import java.util.Locale;
import java.util.Random;

/**
 * What happens in a demo; the same seed and sizes give the same plan in every process.
 *
 * @param seed draws the rest
 * @param events events to publish, numbered from 0
 * @param keys keys, which take turns
 * @param flaky the event whose first two attempts fail
 * @param poison the event whose handler ends its process each time
 * @param killAfter events handled before the kill -9
 * @param victim the member to kill, from 0
 * @param leader what happens to the broker's node that leads the topic
 */
record DemoPlan(
    long seed,
    int events,
    int keys,
    int flaky,
    int poison,
    int killAfter,
    int victim,
    Leader leader) {

  /** What happens to the leader. */
  enum Leader {
    LIVES,
    KILLED
  }

  static final int MEMBERS = 2;
  static final int FAILING_ATTEMPTS = 2;
  static final int FEWEST_EVENTS = 100;
  static final int FEWEST_KEYS = 2;

  /** The demo of a seed: flaky first, poison behind it, the kill in the middle. */
  static DemoPlan of(long seed, int events, int keys) {
    var random = new Random(seed);
    int flaky = between(random, events, 0.04, 0.12);
    int poison = between(random, events, 0.15, 0.30);
    if (poison % keys == flaky % keys) {
      poison++;
    }
    int killAfter = between(random, events, 0.45, 0.60);
    int victim = random.nextInt(MEMBERS);
    return new DemoPlan(seed, events, keys, flaky, poison, killAfter, victim, Leader.LIVES);
  }

  /** The same, but the broker's leader is killed after the member. */
  DemoPlan withLeaderKilled() {
    return new DemoPlan(seed, events, keys, flaky, poison, killAfter, victim, Leader.KILLED);
  }

  /** Events handled before the leader is killed. */
  int leaderKillAfter() {
    return killAfter + (int) (events * 0.12);
  }

  /** Events that may be published before the kill: some must be left to be handled after it. */
  int publishedBeforeKill() {
    return (int) (events * 0.75);
  }

  /** Events that may be published before the broker's leader is killed. */
  int publishedBeforeLeaderKill() {
    return (int) (events * 0.90);
  }

  String key(int event) {
    return String.format(Locale.ROOT, "key-%03d", event % keys);
  }

  /** The place of the event among those of its key, from 0. */
  int numberInKey(int event) {
    return event / keys;
  }

  private static int between(Random random, int events, double from, double to) {
    return (int) (events * (from + random.nextDouble() * (to - from)));
  }
}
