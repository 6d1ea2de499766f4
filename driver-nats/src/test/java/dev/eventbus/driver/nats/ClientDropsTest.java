package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.eventbus.Health.State;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client drops by itself shows in health for a minute. */
class ClientDropsTest {

  @TempDir
  Path directory;

  @Test
  void theClientsOwnDropsAreCountedAndShown() throws Exception {
    try (var broker = new CoreBroker(directory, 1 << 20)) {
      Connection client = broker.client();
      var held = new CountDownLatch(1);
      Dispatcher dispatcher = client.createDispatcher();
      dispatcher.setPendingLimits(5, 1 << 20);
      dispatcher.subscribe("orders", message -> held.await());
      var now = new AtomicLong(-1);
      var drops = new ClientDrops(dispatcher, now::get);
      drops.check();
      assertThat(drops.health("nats").state()).isEqualTo(State.UP);

      for (int i = 0; i < 100; i++) {
        client.publish("orders", new byte[1]);
      }
      client.flush(Duration.ofSeconds(10));
      // One is with the handler, unless it came after the buffer was full.
      await().until(() -> dispatcher.getDroppedCount() >= 94);
      drops.check();
      assertThat(drops.health("nats").state()).isEqualTo(State.DEGRADED);
      assertThat(drops.health("nats").reason())
          .contains("dropped " + dispatcher.getDroppedCount() + " messages");
      now.addAndGet(TimeUnit.SECONDS.toNanos(61));
      drops.check();
      assertThat(drops.health("nats").state()).isEqualTo(State.UP);
      held.countDown();
    }
  }
}
