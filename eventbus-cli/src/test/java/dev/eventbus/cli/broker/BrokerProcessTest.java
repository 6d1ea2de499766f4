package dev.eventbus.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

  private static final ProcessHandle SELF = ProcessHandle.current();

  @TempDir
  private Path directory;

  @Test
  void aProcessIsKnownByItsPidAndItsStart() {
    assertThat(started(0).find()).contains(SELF);
  }

  @Test
  void anotherProcessWithItsPidIsLeftAlone() throws Exception {
    var recycled = started(-60_000);

    assertThat(recycled.find()).isEmpty();
    recycled.terminate();
    recycled.awaitEnd(Duration.ZERO);

    assertThat(SELF.isAlive()).isTrue();
  }

  @Test
  void theStateDirectoryFollowsTheXdgRules() {
    String home = directory.toString();
    assertThat(StateDirectory.of(Map.of("HOME", home)).directory())
        .isEqualTo(directory.resolve(".local/state/eventbus/brokers"));
    assertThat(StateDirectory.of(Map.of("HOME", home, "XDG_STATE_HOME", "relative"))
            .directory())
        .isEqualTo(directory.resolve(".local/state/eventbus/brokers"));
    assertThat(StateDirectory.of(Map.of("XDG_STATE_HOME", home)).directory())
        .isEqualTo(directory.resolve("eventbus/brokers"));
  }

  private static BrokerProcess started(long laterMillis) {
    long start = SELF.info().startInstant().orElseThrow().toEpochMilli();
    return new BrokerProcess("n1", "nats://127.0.0.1:1", SELF.pid(), start + laterMillis);
  }
}
