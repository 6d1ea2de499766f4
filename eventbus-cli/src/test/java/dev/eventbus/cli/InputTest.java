package dev.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.Event;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class InputTest {

  @Test
  void aLineIsAPayloadByteForByte() throws Exception {
    byte[] bytes = {'a', '\n', '\n', (byte) 0xff, '\r', '\n', ' ', 'b'};
    var input = new LineInput(new ByteLines(new ByteArrayInputStream(bytes)), template());

    assertThat(all(input))
        .extracting(Event::payload)
        .containsExactly(
            new byte[] {'a'}, new byte[0], new byte[] {(byte) 0xff}, new byte[] {' ', 'b'});
    assertThat(input.where()).isEqualTo("line 4");
  }

  @Test
  void optionsGiveWhatTheLineDoesNot() throws Exception {
    var input = lines("x\n", "--key", "k", "--header", "a=b", "--type", "t", "--source", "s");

    assertThat(all(input)).singleElement().satisfies(event -> {
      assertThat(event.key()).isEqualTo("k");
      assertThat(event.headers()).isEqualTo(Map.of("a", "b"));
      assertThat(event.type()).isEqualTo("t");
      assertThat(event.source()).isEqualTo("s");
    });
  }

  @Test
  void aKeyMayComeFromThePayload() throws Exception {
    assertThat(all(lines("user=7 in\nuser=8 out\n", "--key-from", "user=(\\d+)")))
        .extracting(Event::key)
        .containsExactly("7", "8");
    assertThat(all(lines("7 in\n", "--key-from", "\\d+")))
        .extracting(Event::key)
        .containsExactly("7");
  }

  @Test
  void aLineWithoutItsKeyIsBadAndTheNextIsRead() throws Exception {
    var input = lines("nothing\nuser=8\n", "--key-from", "user=(\\d+)");

    assertThatThrownBy(input::next).isInstanceOf(BadInputException.class);
    assertThat(input.where()).isEqualTo("line 1");
    assertThat(all(input)).extracting(Event::key).containsExactly("8");
  }

  @Test
  void argumentsAreNumberedWhenRepeated() throws Exception {
    var input = new ArgumentInput(List.of("a{n}", "b{n}"), template("--key", "k{n%3}"), 2);

    var events = all(input);

    assertThat(events).extracting(Event::text).containsExactly("a1", "b2", "a3", "b4");
    assertThat(events).extracting(Event::key).containsExactly("k1", "k2", "k0", "k1");
  }

  @Test
  void anArgumentThatIsNotRepeatedIsLeftAlone() throws Exception {
    assertThat(all(new ArgumentInput(List.of("{n}"), template(), 1)))
        .extracting(Event::text)
        .containsExactly("{n}");
  }

  @Test
  void aJsonLineHasEveryPartOfAnEvent() throws Exception {
    var input = json(
        "{\"key\":\"k\",\"payload\":\"pé\",\"headers\":{\"h\":\"1\"},\"id\":\"i\",\"type\":\"t\","
            + "\"source\":\"s\",\"time\":\"2026-01-31T12:00:00Z\"}\n\n"
            + "{\"payloadBase64\":\"AP8=\",\"lane\":3,\"attempt\":2,\"key\":null}\n");

    var events = all(input);

    assertThat(events.get(0))
        .isEqualTo(Event.builder()
            .key("k")
            .payload("pé")
            .header("h", "1")
            .id("i")
            .type("t")
            .source("s")
            .time(Instant.parse("2026-01-31T12:00:00Z"))
            .build());
    assertThat(events.get(1).payload()).containsExactly(0, 0xff);
    assertThat(events.get(1).key()).isNull();
    assertThat(input.where()).isEqualTo("line 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | not JSON",
        "[1] | not a JSON object",
        "{\"payload\":\"a\"} x | not JSON",
        "{\"payload\":\"a\",\"payload\":\"b\"} | not JSON",
        "{\"key\":\"k\"} | one of payload and payloadBase64",
        "{\"payload\":\"a\",\"payloadBase64\":\"YQ==\"} | one of payload and payloadBase64",
        "{\"payload\":1} | payload is not a text",
        "{\"paylod\":\"a\"} | unknown field paylod",
        "{\"payload\":\"a\",\"time\":\"now\"} | not an instant",
        "{\"payload\":\"a\",\"headers\":[]} | headers is not an object",
        "{\"payload\":\"a\",\"headers\":{\"h\":1}} | h is not a text",
        "{\"payload\":\"a\",\"id\":\"\"} | id is null or empty",
        "{\"payloadBase64\":\"%\"} | base64",
      })
  void aBadJsonLineSaysWhatIsWrong(String line, String text) {
    assertThatThrownBy(() -> json(line).next())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(text);
  }

  private static EventTemplate template(String... options) {
    var template = new EventTemplate();
    var spec = CommandSpec.create().addMixin("template", CommandSpec.forAnnotatedObject(template));
    new CommandLine(spec).parseArgs(options);
    return template;
  }

  private static Input lines(String text, String... options) {
    return new LineInput(bytes(text), template(options));
  }

  private static Input json(String text) {
    return new JsonInput(bytes(text), template());
  }

  private static ByteLines bytes(String text) {
    return new ByteLines(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static List<Event> all(Input input) throws Exception {
    var events = new ArrayList<Event>();
    for (Event event = input.next(); event != null; event = input.next()) {
      events.add(event);
    }
    return events;
  }
}
