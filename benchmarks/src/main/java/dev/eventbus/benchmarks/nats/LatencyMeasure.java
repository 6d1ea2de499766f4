package dev.eventbus.benchmarks.nats;

import dev.eventbus.Event;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.NUID;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Microseconds from the call of a publish to its handler, one event after another. */
final class LatencyMeasure {

  private static final int BLOCK = 500;
  private static final int KEYS = 200;
  private static final long PAUSE_NANOS = 2_000_000;
  private static final String BUS_TOPIC = "latency-bus";
  private static final String RAW_TOPIC = "latency-raw";

  private final SynchronousQueue<Long> handled = new SynchronousQueue<>();
  private final Rig rig;
  private final byte[] payload = new byte[100];

  LatencyMeasure(Rig rig) {
    this.rig = rig;
  }

  /** Blocks of the bus and of the plain client in turn; the first of each is not counted. */
  void run(int blocks, Series bus, Series raw)
      throws IOException, JetStreamApiException, InterruptedException {
    rig.empty(BUS_TOPIC);
    RawTopic topic = rig.empty(RAW_TOPIC);
    var publisher = new RawPublisher(rig.connection().jetStream());
    String group = NUID.nextGlobal();
    RawConsumers.make(rig.connection(), topic, group, DeliverPolicy.New);
    var consumers = new RawConsumers(rig.connection(), this::handled);
    consumers.start(topic, group);
    var options = SubscribeOptions.defaults().withStart(StartAt.latest());
    try (var subscription = rig.bus().subscribe(BUS_TOPIC, group, delivery -> handled(), options)) {
      for (int block = 0; block <= blocks; block++) {
        String run = group + block + "-";
        measure(
            i -> rig.bus().publish(subscription.topic(), Event.of("key-" + i % KEYS, payload)),
            block == 0 ? new Series() : bus);
        measure(
            i -> publisher.ordered(
                "key-" + i % KEYS, topic.message("key-" + i % KEYS, run + i, payload)),
            block == 0 ? new Series() : raw);
      }
    }
    consumers.stop();
  }

  private void handled() {
    try {
      handled.put(System.nanoTime());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure(IntFunction<CompletableFuture<?>> publish, Series series)
      throws InterruptedException {
    for (int i = 0; i < BLOCK; i++) {
      long start = System.nanoTime();
      CompletableFuture<?> stored = publish.apply(i);
      series.add((handled.take() - start) / 1e3);
      stored.join();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
