package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/lane-vectors.json}, which clients in other languages test themselves with. */
class LaneVectorsTest {

  private static final Path FILE = Path.of("..", "docs", "lane-vectors.json");
  private static final Pattern VECTOR =
      Pattern.compile("\\{\"key\": \"(.*)\", \"token\": \"([^\"]*)\", \"hash\": (\\d+),"
          + " \"lane8\": (\\d+), \"lane12\": (\\d+), \"lane1024\": (\\d+)}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|.)");

  /** One line of the file. */
  record Vector(String key, String token, long hash, int lane8, int lane12, int lane1024) {

    static Vector of(String key) {
      return new Vector(
          key,
          KeyLane.token(key),
          Integer.toUnsignedLong(KeyLane.hash(key)),
          KeyLane.of(key, 8),
          KeyLane.of(key, 12),
          KeyLane.of(key, 1024));
    }

    String line() {
      return ("    {\"key\": \"%s\", \"token\": \"%s\", \"hash\": %d,"
              + " \"lane8\": %d, \"lane12\": %d, \"lane1024\": %d}")
          .formatted(escaped(key), token, hash, lane8, lane12, lane1024);
    }

    static Vector parse(String line) {
      Matcher match = VECTOR.matcher(line);
      assertThat(match.find()).as("a vector in: %s", line).isTrue();
      return new Vector(
          unescaped(match.group(1)),
          match.group(2),
          Long.parseLong(match.group(3)),
          Integer.parseInt(match.group(4)),
          Integer.parseInt(match.group(5)),
          Integer.parseInt(match.group(6)));
    }
  }

  private static List<String> keys() {
    Stream<String> plain = Stream.of(
        "",
        "a",
        "A",
        "0",
        "_",
        "-",
        "ab",
        "key",
        "customer-42",
        "customer_42",
        "ORDER-7-x",
        "foobar",
        "0123456789",
        "z".repeat(255));
    Stream<String> escaped = Stream.of(
        " ",
        "  ",
        "%",
        "%%",
        "%25",
        "%2525",
        "%20",
        "%C3%A4",
        ".",
        "..",
        "a.b",
        "a/b",
        "a\\b",
        "a*b",
        "a>b",
        ">",
        "*",
        "a b",
        "+",
        "~",
        "@",
        "#",
        "$",
        "=",
        "\"",
        "'",
        "{\"k\": 1}",
        "https://example.org/a?b=c&d=e",
        "\u0000",
        "\t",
        "\r\n",
        "\u001f",
        "\u007f");
    Stream<String> unicode = Stream.of(
        "ä",
        "a\u0308",
        "straße",
        "ßẞ",
        "Ελλάδα",
        "ключ",
        "مفتاح",
        "鍵",
        "キー",
        "열쇠",
        "😀",
        "👩\u200d👩\u200d👧",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\uffff",
        "\udbff\udfff",
        "kunde-ü-42",
        "\ufeff",
        "\u2028");
    return Stream.of(plain, escaped, unicode).flatMap(all -> all).toList();
  }

  private static String escaped(String key) {
    var text = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String unescaped(String text) {
    return ESCAPE.matcher(text).replaceAll(match -> {
      String escape = match.group(1);
      String character = escape.length() == 1
          ? escape
          : Character.toString((char) Integer.parseInt(escape.substring(1), 16));
      return Matcher.quoteReplacement(character);
    });
  }

  private static String file(List<Vector> vectors) {
    return """
        {
          "about": "token: UTF-8 bytes, all but A-Z a-z 0-9 _ - as %XX, the empty key as %; hash: \
        FNV-1a 32 bit of the token, unsigned; laneN: hash modulo N",
          "vectors": [
        """
        + vectors.stream().map(Vector::line).collect(Collectors.joining(",\n"))
        + "\n  ]\n}\n";
  }

  private static List<Vector> stored() throws IOException {
    return Files.readAllLines(FILE).stream()
        .filter(line -> line.contains("\"key\""))
        .map(Vector::parse)
        .toList();
  }

  @Test
  void theFileHasTheVectorsOfTheseKeys() throws IOException {
    String wanted = file(keys().stream().map(Vector::of).toList());
    assertThat(Files.readString(FILE)).isEqualTo(wanted);
  }

  @Test
  void aKeyReadFromTheFileHasTheLaneThatTheFileSays() throws IOException {
    assertThat(stored())
        .hasSizeGreaterThan(60)
        .allSatisfy(vector -> assertThat(Vector.of(vector.key())).isEqualTo(vector));
  }

  @Test
  void anIndependentHashOfTheTokensAgrees() throws IOException {
    assertThat(stored()).allSatisfy(vector -> {
      assertThat(Integer.toUnsignedLong(Fnv.hash32(vector.token()))).isEqualTo(vector.hash());
      assertThat(List.of(vector.lane8(), vector.lane12(), vector.lane1024()))
          .isEqualTo(Stream.of(8, 12, 1024).map(n -> (int) (vector.hash() % n)).toList());
    });
  }

  @Test
  void theVectorsReachEveryLaneOfEight() throws IOException {
    var lanes = new ArrayList<>(stored().stream().map(Vector::lane8).distinct().toList());
    assertThat(lanes)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 8).boxed().toList());
  }
}
