package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.spi.SettingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say of this driver is what it has. */
class DocsTest {

  private static final Path DOCS = Path.of("..", "docs");

  @Test
  void everyErrorHasAPartAndEveryPartAnError() throws IOException {
    var parts = Files.readAllLines(DOCS.resolve("errors.md")).stream()
        .filter(line -> line.startsWith("### nats-"))
        .map(line -> line.substring("### ".length()))
        .toList();
    assertThat(parts)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(NatsError.values()).map(NatsError::id).toList());
  }

  @Test
  void everySettingIsInTheTableWithItsDefault() throws IOException {
    var rows = Files.readAllLines(DOCS.resolve("drivers").resolve("nats.md")).stream()
        .filter(line -> line.startsWith("| `NATS_") || line.startsWith("| `MQ_"))
        .toList();
    assertThat(rows).hasSameSizeAs(NatsConfig.SPECS);
    for (SettingSpec spec : NatsConfig.SPECS) {
      assertThat(rows)
          .anySatisfy(row ->
              assertThat(row).startsWith("| `" + spec.name() + "`").contains(spec.fallback()));
    }
  }

  @Test
  void everyOptionThatPassesThroughIsNamed() throws IOException {
    String page = Files.readString(DOCS.resolve("drivers").resolve("nats.md"));
    assertThat(page)
        .contains(NatsOptions.names().stream().map(name -> "`" + name + "`").toList());
  }
}
