package dev.eventbus.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClauseTest {

  private static final Path CONTRACT = Path.of("../docs/contract.md");
  private static final Pattern LINE =
      Pattern.compile("^- ([A-Z]\\d+) (?:([●◇]) )?(.*)$", Pattern.MULTILINE);

  @Test
  void namesEveryClauseOfTheContractAndNoOther() throws IOException {
    assertThat(Stream.of(Clause.values()).map(Clause::name))
        .containsExactlyElementsOf(contract().keySet());
  }

  @Test
  void titlesAreHowTheContractBegins() throws IOException {
    contract()
        .forEach((id, line) ->
            assertThat(line.text()).as(id).startsWith(Clause.valueOf(id).title()));
  }

  @Test
  void marksAreThoseOfTheContract() throws IOException {
    contract()
        .forEach((id, line) -> assertThat(Clause.valueOf(id).mark()).as(id).isEqualTo(line.mark()));
  }

  private record Line(Clause.Mark mark, String text) {}

  private static Map<String, Line> contract() throws IOException {
    var lines = new LinkedHashMap<String, Line>();
    var matcher = LINE.matcher(Files.readString(CONTRACT));
    while (matcher.find()) {
      String sign = matcher.group(2) == null ? "" : matcher.group(2);
      Clause.Mark mark = switch (sign) {
        case "●" -> Clause.Mark.RELIABLE;
        case "◇" -> Clause.Mark.BOTH_PROFILES;
        default -> Clause.Mark.OPTIONAL;
      };
      lines.put(matcher.group(1), new Line(mark, matcher.group(3).replace("`", "")));
    }
    return lines;
  }
}
