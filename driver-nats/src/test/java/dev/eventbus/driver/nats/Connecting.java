package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.eventbus.DriverException;
import dev.eventbus.EventBusException;
import dev.eventbus.Settings;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** Connects with settings, and tries to. */
final class Connecting {

  static final String SECRET = "s3cr3t-n0b0dy-sh0ws";

  private Connecting() {}

  static Connection to(Map<String, String> settings) {
    return new NatsConnector(NatsConfig.of(Settings.of(settings)))
        .connect(new NatsHooks("eventbus-test", (c, e) -> {}, new ErrorListener() {}));
  }

  /** Connects, sends a message to itself, and leaves nothing behind. */
  static void works(Map<String, String> settings) throws Exception {
    Set<Thread> before = threads();
    Connection connection = to(settings);
    try {
      var arrived = new LinkedBlockingQueue<String>();
      connection
          .createDispatcher(
              message -> arrived.add(new String(message.getData(), StandardCharsets.UTF_8)))
          .subscribe("t");
      connection.publish("t", "hello".getBytes(StandardCharsets.UTF_8));
      await().atMost(Duration.ofSeconds(10)).until(arrived::poll, "hello"::equals);
    } finally {
      connection.close();
    }
    noneSince(before);
  }

  /** The failure of a connect that fails; it must show no secret and leave no thread behind. */
  static DriverException fails(NatsError code, Map<String, String> settings) {
    Set<Thread> before = threads();
    var failure = catchThrowableOfType(DriverException.class, () -> to(settings).close());
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code.id());
    showsNoSecret(failure);
    noneSince(before);
    return failure;
  }

  static void showsNoSecret(EventBusException failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain(SECRET);
  }

  static Map<String, String> settings(String... namesAndValues) {
    var settings = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private static void noneSince(Set<Thread> before) {
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
      var left = new HashSet<>(threads());
      left.removeAll(before);
      assertThat(left).isEmpty();
    });
  }

  /** The client's threads are no daemons. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.isDaemon() && !thread.getName().startsWith("awaitility"))
        .collect(Collectors.toSet());
  }
}
