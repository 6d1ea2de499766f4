package dev.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README.md says of the code is so. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)[^):]*\\)");
  private static final Path THIS =
      Path.of("src", "test", "java", "dev", "eventbus", "ReadmeTest.java");

  /** The example of the README, compiled and never run. */
  static void example(String json) {
    try (EventBus bus = EventBus.connect()) { // COZE_MQ_TYPE decides
      bus.subscribe("orders", "billing", delivery -> charge(delivery.event()));
      bus.publish("orders", Event.of("customer-42", json)).join();
    }
  }

  private static void charge(Event event) {
    assertThat(event).isNotNull();
  }

  private static List<String> stripped(Stream<String> lines) {
    return lines.map(String::strip).toList();
  }

  @Test
  void itsExampleCompiles() throws IOException {
    List<String> example = stripped(Files.readAllLines(README).stream()
        .dropWhile(line -> !line.equals("```java"))
        .skip(1)
        .takeWhile(line -> !line.equals("```")));
    assertThat(example).hasSize(4);
    assertThat(stripped(Files.readAllLines(THIS).stream())).containsSequence(example);
  }

  @Test
  void itsTableHasEverySettingOfTheBus() throws IOException {
    String text = Files.readString(README);
    assertThat(Stream.of(Settings.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers())))
        .isNotEmpty()
        .allSatisfy(field -> assertThat(text).contains("| `" + field.get(null) + "` |"));
  }

  @Test
  void everyLinkOfTheDocumentsLeadsSomewhere() throws IOException {
    try (Stream<Path> documents = Files.walk(Path.of("..", "docs"))) {
      List<Path> all = Stream.concat(documents, Stream.of(README, Path.of("..", "CONTRIBUTING.md")))
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
      assertThat(all).hasSizeGreaterThan(5).allSatisfy(ReadmeTest::assertLinksLeadSomewhere);
    }
  }

  private static void assertLinksLeadSomewhere(Path document) throws IOException {
    assertThat(LINK.matcher(Files.readString(document)).results().map(match -> match.group(1)))
        .allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
  }
}
