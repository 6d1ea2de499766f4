package dev.eventbus.conformance.member;

import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.PublishException;
import dev.eventbus.PublishOptions;
import dev.eventbus.Published;
import dev.eventbus.conformance.history.EventRef;
import dev.eventbus.conformance.history.HistoryEvent.PublishCalled;
import dev.eventbus.conformance.history.HistoryEvent.PublishFailed;
import dev.eventbus.conformance.history.HistoryEvent.PublishOk;
import dev.eventbus.conformance.history.HistoryEvent.PublishUnknown;
import dev.eventbus.conformance.history.Recorder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Numbers the events of each key and writes down what became of their publishes. One thread. */
public final class RecordingPublisher {

  private static final String NO_KEY = "\u0000";

  private final EventBus bus;
  private final String topic;
  private final PublishOptions options;
  private final Recorder recorder;
  private final Map<String, Long> numbers = new HashMap<>();

  /** Publishes to one topic of a bus that belongs to the caller. */
  public RecordingPublisher(EventBus bus, String topic, Recorder recorder) {
    this(bus, topic, PublishOptions.defaults(), recorder);
  }

  /** As above, each event with these options. */
  public RecordingPublisher(EventBus bus, String topic, PublishOptions options, Recorder recorder) {
    this.bus = bus;
    this.topic = topic;
    this.options = options;
    this.recorder = recorder;
  }

  /** Publishes the next event of a key with what its handler shall do, see {@link HandlerScript}. */
  public CompletableFuture<Published> publish(@Nullable String key, String script) {
    return publish(Event.builder().key(key).payload(key + " " + script), script);
  }

  /** Publishes an event whose id is left to the bus. */
  public CompletableFuture<Published> publish(Event.Builder builder, String script) {
    Event event = number(builder, script);
    EventRef ref = KitEvents.ref(topic, event);
    recorder.add(at -> new PublishCalled(at, ref, KitEvents.digest(event)));
    CompletableFuture<Published> future;
    try {
      future = bus.publish(topic, event, options);
    } catch (RuntimeException refused) {
      recorder.add(at -> new PublishFailed(at, ref, refused.toString()));
      throw refused;
    }
    return future.whenComplete((published, failure) -> told(ref, published, failure));
  }

  private Event number(Event.Builder builder, String script) {
    Event plain = builder.build();
    String key = plain.key() == null ? NO_KEY : plain.key();
    long number = numbers.merge(key, 1L, Long::sum);
    return builder
        .header(KitEvents.NUMBER, Long.toString(number))
        .header(KitEvents.SCRIPT, script)
        .build();
  }

  private void told(EventRef ref, @Nullable Published published, @Nullable Throwable failure) {
    if (published != null) {
      recorder.add(at -> new PublishOk(at, ref, published.lane(), published.position()));
      return;
    }
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    boolean unknown = cause instanceof PublishException publish
        && publish.outcome() == PublishException.Outcome.UNKNOWN;
    recorder.add(at ->
        unknown ? new PublishUnknown(at, ref, "" + cause) : new PublishFailed(at, ref, "" + cause));
  }
}
