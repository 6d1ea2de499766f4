package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.Delivery;
import dev.eventbus.Event;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTest {

  private static final Event EVENT = Event.builder()
      .id("1")
      .key("kö")
      .time(Instant.parse("2026-01-31T12:00:00Z"))
      .header("h", "v")
      .payload("hello")
      .build();

  @Test
  void textHasKeyAndPayload() {
    assertThat(text(EVENT, 1, false)).isEqualTo("kö  hello");
    assertThat(text(Event.of("x".getBytes(StandardCharsets.UTF_8)), 1, false)).isEqualTo("-  x");
  }

  @Test
  void textTellsLaterAndFailingAttempts() {
    assertThat(text(EVENT, 2, false)).isEqualTo("kö  hello  (attempt 2)");
    assertThat(text(EVENT, 1, true)).isEqualTo("kö  hello  (attempt 1, failing)");
  }

  @Test
  void textIsOneLineWithoutPowerOverTheTerminal() {
    assertThat(text(Event.of("k\u001b[2J", "a\nb\r\tc\u0007é"), 1, false))
        .isEqualTo("k\\u001b[2J  a\\nb\\r\\tc\\u0007é");
  }

  @Test
  void textShowsBytesThatAreNotUtf8AsBase64() {
    assertThat(text(Event.of("k", new byte[] {0, (byte) 0xff}), 1, false))
        .isEqualTo("k  base64:AP8=");
  }

  @Test
  void jsonHasTheWholeDelivery() {
    assertThat(new JsonFormat().line(new Given(EVENT, 2), true))
        .isEqualTo("{\"topic\":\"t\",\"group\":\"g\",\"lane\":3,\"fence\":7,\"attempt\":2,"
            + "\"redelivered\":true,\"failing\":true,\"id\":\"1\",\"source\":\"eventbus\","
            + "\"type\":\"event\",\"time\":\"2026-01-31T12:00:00Z\",\"key\":\"kö\","
            + "\"headers\":{\"h\":\"v\"},\"payload\":\"hello\"}");
  }

  @Test
  void jsonComesBackAsTheSameEvent() throws Exception {
    var binary =
        EVENT.toBuilder().payload(new byte[] {(byte) 0xc3, 0}).key(null).build();
    for (Event event : List.of(EVENT, binary)) {
      String line = new JsonFormat().line(new Given(event, 1), false);
      var bytes = new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));

      assertThat(new JsonInput(new ByteLines(bytes), new EventTemplate()).next())
          .isEqualTo(event);
    }
  }

  private static String text(Event event, int attempt, boolean failing) {
    return new TextFormat().line(new Given(event, attempt), failing);
  }

  private record Given(Event event, int attempt) implements Delivery {
    @Override
    public String topic() {
      return "t";
    }

    @Override
    public String group() {
      return "g";
    }

    @Override
    public int lane() {
      return 3;
    }

    @Override
    public boolean redelivered() {
      return attempt > 1;
    }

    @Override
    public long fence() {
      return 7;
    }

    @Override
    public boolean leaseValid() {
      return true;
    }
  }
}
