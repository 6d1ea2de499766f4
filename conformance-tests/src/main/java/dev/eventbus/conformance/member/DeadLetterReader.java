package dev.eventbus.conformance.member;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.history.HistoryEvent.DeadLetterSeen;
import dev.eventbus.conformance.history.Recorder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads the dead letters of a group as they come, and writes them down. */
public final class DeadLetterReader implements AutoCloseable {

  private static final String GROUP = "kit-reader";

  private final Subscription subscription;
  private final List<Event> letters = new CopyOnWriteArrayList<>();

  /** Subscribes to the dead letters of a group. */
  public DeadLetterReader(EventBus bus, DeadLetterTopic topic, Recorder recorder) {
    this.subscription = bus.subscribe(
        topic.name(),
        GROUP,
        delivery -> {
          Event letter = delivery.event();
          letters.add(letter);
          recorder.add(at -> new DeadLetterSeen(
              at,
              topic.group(),
              KitEvents.ref(topic.topic(), letter),
              letter.headers().getOrDefault(DeadLetterHeaders.REASON, ""),
              Integer.parseInt(letter.headers().getOrDefault(DeadLetterHeaders.ATTEMPTS, "-1")),
              KitEvents.digest(letter)));
        },
        SubscribeOptions.defaults());
  }

  /** What it has read so far. */
  public List<Event> letters() {
    return List.copyOf(letters);
  }

  /** Whether it has read all that is there. */
  public boolean atEnd() {
    return subscription.lag().stream().allMatch(lane -> lane.events() == 0);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
