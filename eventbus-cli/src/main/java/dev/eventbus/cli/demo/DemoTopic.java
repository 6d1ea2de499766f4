package dev.eventbus.cli.demo;

import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.history.EventRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The demo's topic, its group, and how its events are told apart.
 *
 * @param name the topic
 */
record DemoTopic(String name) {

  static final String GROUP = "demo";

  private static final String NUMBER = "number";
  private static final String ID = "demo-";

  /** A topic that no other demo has. */
  static DemoTopic fresh() {
    return new DemoTopic("demo-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
  }

  /** How a member of the group handles the topic. */
  static SubscribeOptions options() {
    return SubscribeOptions.defaults().withConcurrency(8).withLease(Duration.ofSeconds(3));
  }

  String deadLetters() {
    return new DeadLetterTopic(name, GROUP).name();
  }

  /** The event with a number of the plan. */
  Event event(DemoPlan plan, int number) {
    return Event.builder()
        .id(ID + number)
        .key(plan.key(number))
        .header(NUMBER, Integer.toString(plan.numberInKey(number)))
        .payload("event " + number + " of " + plan.events())
        .build();
  }

  /** The number in the plan of the event with this id, or of its dead letter. */
  static int number(String id) {
    return Integer.parseInt(id.substring(ID.length()));
  }

  /** Names the event, or the original of its dead letter, in a history. */
  EventRef ref(Event event) {
    long place = Long.parseLong(event.headers().getOrDefault(NUMBER, "-1"));
    return new EventRef(name, event.key(), place, event.id());
  }

  /** Covers all of the event but what a dead letter has more than its original. */
  static long digest(Event event) {
    var crc = new CRC32C();
    add(crc, event.id());
    add(crc, event.source());
    add(crc, event.type());
    add(crc, event.time().toString());
    add(crc, String.valueOf(event.key()));
    new TreeMap<>(event.headers()).forEach((name, value) -> {
      if (!isOfDeadLetter(name)) {
        add(crc, name);
        add(crc, value);
      }
    });
    crc.update(event.payload());
    return crc.getValue();
  }

  private static boolean isOfDeadLetter(String header) {
    return switch (header) {
      case DeadLetterHeaders.REASON,
          DeadLetterHeaders.MESSAGE,
          DeadLetterHeaders.EXCEPTION,
          DeadLetterHeaders.ATTEMPTS,
          DeadLetterHeaders.TOPIC,
          DeadLetterHeaders.GROUP,
          DeadLetterHeaders.POSITION,
          DeadLetterHeaders.FIRST_FAILURE,
          DeadLetterHeaders.LAST_FAILURE -> true;
      default -> false;
    };
  }

  private static void add(CRC32C crc, String text) {
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
  }
}
