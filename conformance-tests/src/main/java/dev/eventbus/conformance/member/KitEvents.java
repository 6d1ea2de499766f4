package dev.eventbus.conformance.member;

import dev.eventbus.Event;
import dev.eventbus.conformance.history.EventRef;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** What the kit puts into its events, and how it knows them again. */
public final class KitEvents {

  /** The event's number within its key. */
  static final String NUMBER = "kit-number";

  /** What its handler does, see {@link HandlerScript}. */
  static final String SCRIPT = "kit-script";

  private static final String DEAD_LETTER_PREFIX = "eventbus-dlq-";

  private KitEvents() {}

  /** Names an event of the kit; one of somebody else has the number -1. */
  public static EventRef ref(String topic, Event event) {
    String number = event.headers().getOrDefault(NUMBER, "-1");
    return new EventRef(topic, event.key(), Long.parseLong(number), event.id());
  }

  /** A checksum of all that must come out as it went in; a dead letter's own headers are left out. */
  public static long digest(Event event) {
    var sum = new CRC32C();
    for (String text : new String[] {event.id(), event.source(), event.type()}) {
      add(sum, text);
    }
    add(sum, Long.toString(event.time().toEpochMilli()));
    add(sum, event.key());
    for (Map.Entry<String, String> header : new TreeMap<>(event.headers()).entrySet()) {
      if (!header.getKey().startsWith(DEAD_LETTER_PREFIX)) {
        add(sum, header.getKey());
        add(sum, header.getValue());
      }
    }
    sum.update(event.payload());
    return sum.getValue() + 1;
  }

  private static void add(Checksum sum, @Nullable String text) {
    sum.update(text == null ? 1 : 2);
    if (text != null) {
      sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
