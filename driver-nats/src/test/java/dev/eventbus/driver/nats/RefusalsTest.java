package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;
import io.nats.client.api.ServerInfo;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server's refusals become. */
class RefusalsTest {

  @ParameterizedTest
  @CsvSource({
    "10074, REPLICAS, NATS_STREAM_REPLICAS",
    "10005, REPLICAS, NATS_STREAM_REPLICAS",
    "10023, NO_SPACE, room",
    "10047, NO_SPACE, room",
    "10077, NO_SPACE, room",
    "10002, LIMIT, EVENTBUS_LANES",
    "10026, LIMIT, EVENTBUS_LANES",
    "10027, LIMIT, limit of the account",
    "10028, LIMIT, limit of the account",
    "10122, LIMIT, limit of the account",
    "10120, LIMIT, limit of the account",
    "10054, LIMIT, max_msg_size",
    "10097, LIMIT, 64 KiB",
    "10039, NO_JETSTREAM, NATS_USE_JETSTREAM=false",
    "10076, NO_JETSTREAM, NATS_USE_JETSTREAM=false",
    "10065, TOPIC_MISFIT, rename the topic",
    "10059, NOT_FOUND, create it",
    "10014, NOT_FOUND, no such group",
    "10999, REFUSED, log"
  })
  void eachRefusalHasItsCodeTheServersWordsAndAMend(int code, NatsError expected, String mend) {
    EventBusException explained =
        Refusals.explained("topic \"orders\"", new ServerRefusal(code, "the server's words"));
    assertThat(explained.code()).isEqualTo(expected.id());
    assertThat(explained)
        .hasMessageContaining("topic \"orders\"")
        .hasMessageContaining("the server's words (" + code + ")")
        .hasMessageContaining(mend);
  }

  @Test
  void silenceIsNoRefusal() {
    EventBusException explained = Refusals.explained("topic \"orders\"", new TimeoutException());
    assertThat(explained.code()).isEqualTo(NatsError.UNAVAILABLE.id());
    assertThat(explained).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void whatIsExplainedAlreadyStaysAsItIs() {
    var known = new DriverException(NatsError.CLOSED, "closed");
    assertThat(Refusals.explained("anything", known)).isSameAs(known);
  }

  @ParameterizedTest
  @CsvSource({"2.10.29, false", "2.11.0, true", "2.15.2, true", "3.0.0, true"})
  void theOldestServerIsTheFirstWithPinsAndTimesToLive(String version, boolean taken) {
    var server = new ServerInfo("INFO {\"server_id\":\"x\",\"version\":\"" + version + "\"}");
    if (taken) {
      JetStreamOpening.checkVersion(server);
      assertThat(server.getVersion()).isEqualTo(version);
    } else {
      assertThatThrownBy(() -> JetStreamOpening.checkVersion(server))
          .isInstanceOfSatisfying(
              EventBusException.class,
              old -> assertThat(old.code()).isEqualTo(NatsError.TOO_OLD.id()))
          .hasMessageContaining(version)
          .hasMessageContaining("2.11.0")
          .hasMessageContaining("NATS_USE_JETSTREAM=false");
    }
  }
}
