package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An event's attributes survive, and damaged ones are refused rather than guessed. */
class EventCodecTest {

  private static final long SEED = 20_260_101;

  private final EventCodec codec = new EventCodec();

  private Event through(Event event) {
    return EventCodec.decode(codec.encode(event), event.payload());
  }

  @Test
  void randomEventsComeBack() {
    var random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      Event event = random(random);
      assertThat(through(event)).as("event %d of seed %d", i, SEED).isEqualTo(event);
    }
  }

  private static Event random(Random random) {
    var event = Event.builder()
        .payload(new byte[random.nextInt(5)])
        .id(text(random) + "id")
        .time(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
    if (random.nextBoolean()) {
      event.key(text(random));
    }
    if (random.nextBoolean()) {
      event.source(text(random) + "s").type(text(random) + "t");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      event.header(text(random) + i, text(random));
    }
    return event.build();
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int most = random.nextBoolean() ? 0x80 : 0x10000;
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append((char) random.nextInt(most));
    }
    return text.toString();
  }

  @Test
  void aHundredHeadersComeBack() {
    var event = Event.builder().payload("x");
    for (int i = 0; i < 100; i++) {
      event.header("header-" + i, "\u00e4".repeat(i));
    }
    assertThat(through(event.build()).headers()).hasSize(100).containsEntry("header-3", "äää");
  }

  @Test
  void whatIsCutOffIsRefused() {
    Event event =
        Event.builder().key("key").header("name", "value").payload("x").build();
    byte[] meta = codec.encode(event);
    for (int length = 0; length < meta.length; length++) {
      byte[] cut = Arrays.copyOf(meta, length);
      assertThatThrownBy(() -> EventCodec.decode(cut, new byte[0]))
          .isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() -> EventCodec.decode(Arrays.copyOf(meta, meta.length + 1), new byte[0]))
        .hasMessageContaining("behind its end");
  }

  @Test
  void garbageIsRefusedOrReadButNeverHangs() {
    var random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      var bytes = new byte[random.nextInt(30)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 1;
      }
      try {
        assertThat(EventCodec.decode(bytes, new byte[0]).id()).isNotEmpty();
      } catch (RuntimeException refused) {
        assertThat(refused).isNotInstanceOf(NegativeArraySizeException.class);
      }
    }
  }

  @Test
  void theSizeIsThatOfPayloadKeyAndHeaders() {
    var event = Event.builder()
        .key("ä€😀")
        .header("n", "é")
        .payload(new byte[10])
        .id("long".repeat(99))
        .build();
    assertThat(EventCodec.sizeOf(event)).isEqualTo(10 + 2 + 3 + 4 + 1 + 2);
  }
}
