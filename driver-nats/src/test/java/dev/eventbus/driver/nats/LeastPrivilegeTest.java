package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Backoff;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.brokers.NatsCluster;
import dev.eventbus.brokers.NatsServers;
import dev.eventbus.brokers.NatsSpec;
import io.nats.client.NKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The permissions that the driver's page gives are enough, and so they are the ones needed. */
class LeastPrivilegeTest {

  private static final Path PAGE = Path.of("..", "docs", "drivers", "nats.md");
  private static final Pattern SNIPPET =
      Pattern.compile("```\\n(authorization \\{.*?permissions.*?\\n)```", Pattern.DOTALL);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir
  private Path directory;

  @Test
  void theBusWorksWithThePermissionsOfItsPage() throws Exception {
    works("_INBOX");
  }

  @Test
  void theBusWorksWithAnInboxOfItsOwn() throws Exception {
    works("_INBOX.shop");
  }

  private void works(String inbox) throws Exception {
    NKey user = NKey.createUser(null);
    String config = snippet()
        .replace("UABC…", new String(user.getPublicKey()))
        .replace("_INBOX.>", inbox + ".>");
    try (NatsCluster server = NatsServers.start(NatsSpec.in(directory).withExtraConfig(config));
        EventBus bus = EventBus.connect(Settings.of(Map.of(
            Settings.TYPE,
            NatsProvider.ID,
            NatsAddresses.URL,
            server.nodes().get(0).url(),
            CredentialSettings.NKEY_SEED,
            new String(user.getSeed()),
            NatsConfig.INBOX_PREFIX,
            inbox)))) {
      exchange(bus);
    }
    assertThat(Files.readString(directory.resolve("n1").resolve("nats.log")))
        .doesNotContain("Violation");
  }

  private static void exchange(EventBus bus) throws Exception {
    var handled = new CopyOnWriteArrayList<String>();
    var each = new CopyOnWriteArrayList<String>();
    var dead = new CopyOnWriteArrayList<String>();
    var options = SubscribeOptions.defaults()
        .withMaxAttempts(2)
        .withBackoff(new Backoff(Duration.ofMillis(10), 2, Duration.ofMillis(20), 0));
    bus.subscribe(
        "orders",
        "billing",
        delivery -> {
          if (delivery.event().text().equals("2")) {
            throw new IllegalStateException("no twos");
          }
          handled.add(delivery.event().text());
        },
        options);
    bus.subscribeEach("orders", delivery -> each.add(delivery.event().text()));
    bus.subscribe(
        "orders.dlq.billing", "watch", delivery -> dead.add(delivery.event().text()));
    for (int i = 0; i < 5; i++) {
      bus.publish("orders", Event.of("key", Integer.toString(i))).get(20, TimeUnit.SECONDS);
    }
    await().atMost(LONG).until(() -> handled.equals(List.of("0", "1", "3", "4")));
    await().atMost(LONG).until(() -> each.size() == 5 && dead.equals(List.of("2")));
  }

  private static String snippet() throws Exception {
    Matcher match = SNIPPET.matcher(Files.readString(PAGE));
    assertThat(match.find()).isTrue();
    return match.group(1);
  }
}
