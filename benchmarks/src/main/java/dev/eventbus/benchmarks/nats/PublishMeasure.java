package dev.eventbus.benchmarks.nats;

import dev.eventbus.Event;
import io.nats.client.JetStreamApiException;
import io.nats.client.NUID;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Events confirmed per second, from one publishing thread. */
final class PublishMeasure {

  private static final int KEYS = 200;
  private static final String TOPIC = "publish";

  private final Rig rig;
  private final int events;
  private final byte[] payload;

  PublishMeasure(Rig rig, int events, int payload) {
    this.rig = rig;
    this.events = events;
    this.payload = new byte[payload];
  }

  private static String key(int number) {
    return "key-" + number % KEYS;
  }

  Rate bus() throws IOException, JetStreamApiException {
    rig.empty(TOPIC);
    return rate(i -> rig.bus().publish(TOPIC, Event.of(key(i), payload)));
  }

  Rate rawOrdered() throws IOException, JetStreamApiException {
    RawTopic topic = rig.empty(TOPIC);
    var publisher = new RawPublisher(rig.connection().jetStream());
    String run = NUID.nextGlobal();
    return rate(i -> publisher.ordered(key(i), topic.message(key(i), run + i, payload)));
  }

  Rate rawPipelined() throws IOException, JetStreamApiException {
    RawTopic topic = rig.empty(TOPIC);
    var publisher = new RawPublisher(rig.connection().jetStream());
    String run = NUID.nextGlobal();
    return rate(i -> publisher.pipelined(topic.message(key(i), run + i, payload)));
  }

  private Rate rate(IntFunction<CompletableFuture<?>> publish) {
    var stored = new CompletableFuture<?>[events];
    Rate.Instant start = Rate.Instant.now();
    for (int i = 0; i < events; i++) {
      stored[i] = publish.apply(i);
    }
    for (CompletableFuture<?> each : stored) {
      each.join();
    }
    return start.until(Rate.Instant.now(), events);
  }
}
