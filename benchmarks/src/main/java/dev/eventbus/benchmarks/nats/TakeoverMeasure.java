package dev.eventbus.benchmarks.nats;

import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.SubscriptionListener;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Seconds from the kill of a member's process to the first handler elsewhere, while events come in all
 * the time: on one of its lanes, and on the last of them.
 */
final class TakeoverMeasure implements SubscriptionListener {

  private static final int KEYS = 200;
  private static final long BETWEEN_EVENTS_NANOS = 2_000_000;

  private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
  private final Map<Integer, Long> handledAt = new ConcurrentHashMap<>();
  private final Rig rig;
  private final String topic;
  private final Duration lease;
  private volatile boolean publishing = true;

  TakeoverMeasure(Rig rig, Duration lease) {
    this.rig = rig;
    this.lease = lease;
    topic = "takeover-" + lease.toSeconds();
  }

  @Override
  public void laneGranted(String ofTopic, int lane, long fence) {
    owned.add(lane);
  }

  @Override
  public void laneLost(String ofTopic, int lane, String reason) {
    owned.remove(lane);
  }

  private void handle(Delivery delivery) {
    handledAt.put(delivery.lane(), System.nanoTime());
  }

  void run(int kills, Series first, Series last)
      throws IOException, JetStreamApiException, InterruptedException {
    rig.empty(topic);
    var options = SubscribeOptions.defaults().withLease(lease).withListener(this);
    var publisher = new Thread(this::publish, "benchmark-publisher");
    try (Subscription subscription = rig.bus().subscribe(topic, "group", this::handle, options)) {
      publisher.start();
      for (int i = 0; i < kills; i++) {
        kill(subscription, first, last);
      }
      publishing = false;
      publisher.join();
    }
  }

  private void publish() {
    for (int i = 0; publishing; i++) {
      var unused = rig.bus().publish(topic, Event.of("key-" + i % KEYS, new byte[100]));
      LockSupport.parkNanos(BETWEEN_EVENTS_NANOS);
    }
  }

  private void kill(Subscription subscription, Series first, Series last)
      throws IOException, InterruptedException {
    await(() -> owned.size() == Rig.LANES);
    Process member = member(subscription);
    try {
      await(() -> owned.size() == Rig.LANES / 2);
      // Long enough for a steady state: leases have been renewed, and nothing of the start is left.
      TimeUnit.MILLISECONDS.sleep(500 + (long) (Math.random() * lease.toMillis()));
      Set<Integer> its = new HashSet<>();
      for (int lane = 0; lane < Rig.LANES; lane++) {
        if (!owned.contains(lane)) {
          its.add(lane);
        }
      }
      handledAt.clear();
      long start = System.nanoTime();
      member.destroyForcibly();
      await(() -> handledAt.keySet().containsAll(its));
      var times = its.stream().mapToLong(handledAt::get).map(at -> at - start);
      long[] sorted = times.sorted().toArray();
      first.add(sorted[0] / 1e9);
      last.add(sorted[sorted.length - 1] / 1e9);
    } finally {
      member.destroyForcibly().waitFor();
    }
  }

  private Process member(Subscription subscription) throws IOException {
    var builder = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            TakeoverMember.class.getName(),
            subscription.topic(),
            subscription.group(),
            lease.toString()))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(rig.settings());
    return builder.start();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    while (!condition.holds()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
