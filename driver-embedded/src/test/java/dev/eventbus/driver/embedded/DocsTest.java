package dev.eventbus.driver.embedded;

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
        .filter(line -> line.startsWith("### embedded-"))
        .map(line -> line.substring("### ".length()))
        .toList();
    assertThat(parts)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(EmbeddedError.values()).map(EmbeddedError::id).toList());
  }

  @Test
  void everySettingIsInTheTableWithItsDefault() throws IOException {
    var rows = Files.readAllLines(DOCS.resolve("drivers").resolve("embedded.md")).stream()
        .filter(line -> line.startsWith("| `EVENTBUS_EMBEDDED_"))
        .toList();
    assertThat(rows).hasSameSizeAs(EmbeddedConfig.SPECS);
    for (SettingSpec spec : EmbeddedConfig.SPECS) {
      assertThat(rows)
          .anySatisfy(row ->
              assertThat(row).startsWith("| `" + spec.name() + "`").contains(spec.fallback()));
    }
  }
}
