package dev.eventbus.benchmarks.nats;

import dev.eventbus.Event;
import dev.eventbus.Published;
import io.nats.client.JetStreamApiException;
import io.nats.client.NUID;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events handled and acked per second, of a topic that is full before. */
final class ConsumeMeasure {

  private static final int KEYS = 200;
  private static final String TOPIC = "consume";

  private final Rig rig;
  private final RawTopic topic;
  private final int events;

  /** Fills the topic. */
  ConsumeMeasure(Rig rig, int events, int payload) throws IOException, JetStreamApiException {
    this.rig = rig;
    this.events = events;
    topic = rig.empty(TOPIC);
    byte[] bytes = new byte[payload];
    List<CompletableFuture<Published>> stored = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      stored.add(rig.bus().publish(TOPIC, Event.of("key-" + i % KEYS, bytes)));
    }
    stored.forEach(CompletableFuture::join);
  }

  Rate bus() throws IOException, JetStreamApiException, InterruptedException {
    var count = new Countdown(events);
    String group = NUID.nextGlobal();
    try (var subscription = rig.bus().subscribe(TOPIC, group, delivery -> count.one())) {
      count.await();
      subscription.pause();
    }
    remove(group + "=");
    return count.rate();
  }

  Rate raw() throws IOException, JetStreamApiException, InterruptedException {
    var count = new Countdown(events);
    String group = NUID.nextGlobal();
    RawConsumers.make(rig.connection(), topic, group, DeliverPolicy.All);
    var consumers = new RawConsumers(rig.connection(), count::one);
    consumers.start(topic, group);
    count.await();
    consumers.stop();
    remove(group);
    return count.rate();
  }

  private void remove(String consumer) throws IOException, JetStreamApiException {
    for (int lane = 0; lane < Rig.LANES; lane++) {
      rig.connection().jetStreamManagement().deleteConsumer(TOPIC, consumer + lane);
    }
  }
}
