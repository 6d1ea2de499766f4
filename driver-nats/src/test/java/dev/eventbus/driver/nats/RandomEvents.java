package dev.eventbus.driver.nats;

import dev.eventbus.Event;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Random events: any Unicode but lone surrogates, and the names that others use too. */
final class RandomEvents {

  private static final List<String> AWKWARD = List.of(
      "ce-id",
      "Ce-Time",
      "CE-SPECVERSION",
      "ce-subject",
      "ce-partitionkey",
      "Nats-Msg-Id",
      "nats-x",
      "NATS-TTL",
      "Status",
      "status",
      "Description",
      "eb-h-a",
      "EB-H-a",
      "eb-h-",
      "eb-h-%41",
      "a:b",
      " ",
      "a b",
      "%",
      "%41",
      "a%",
      "\r\n",
      "\u0000",
      "content-type",
      "KV-Operation",
      "e",
      "n",
      "c");

  private final Random random;

  RandomEvents(long seed) {
    random = new Random(seed);
  }

  Event next() {
    var event =
        Event.builder().payload(new byte[random.nextInt(5)]).id(text() + "id").time(time());
    if (random.nextBoolean()) {
      event.key(text());
    }
    if (random.nextBoolean()) {
      event.source(text() + "s").type(text() + "t");
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      event.header(name(i), text());
    }
    return event.build();
  }

  private Instant time() {
    long second = random.nextBoolean()
        ? random.nextInt()
        : Instant.MIN.getEpochSecond()
            + (long) (random.nextDouble()
                * ((double) Instant.MAX.getEpochSecond() - Instant.MIN.getEpochSecond()));
    int[] nanos = {0, 1, 120_000_000, 123_456_000, random.nextInt(1_000_000_000)};
    return Instant.ofEpochSecond(second, nanos[random.nextInt(nanos.length)]);
  }

  private String name(int number) {
    return random.nextBoolean() ? AWKWARD.get(random.nextInt(AWKWARD.size())) : text() + number;
  }

  String text() {
    return switch (random.nextInt(4)) {
      case 0 -> of(() -> 'a' + random.nextInt(26));
      case 1 -> of(() -> random.nextInt(0x80));
      case 2 -> "%" + of(() -> " %\"0aF\t".charAt(random.nextInt(7)));
      default -> of(this::scalar);
    };
  }

  private int scalar() {
    int scalar = random.nextInt(random.nextBoolean() ? 0x1000 : 0x110000);
    return scalar >= 0xd800 && scalar < 0xe000 ? 'x' : scalar;
  }

  private String of(IntSupplier codePoint) {
    var text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.appendCodePoint(codePoint.getAsInt());
    }
    return text.toString();
  }
}
