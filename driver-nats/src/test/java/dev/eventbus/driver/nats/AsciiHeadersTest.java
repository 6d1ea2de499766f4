package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiHeadersTest {

  private static final String V = "NATS/1.0";
  private static final String END = "\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        V + END,
        V + "\r\nA:b" + END,
        V + "\r\nA: b" + END,
        V + "\r\nA:" + END,
        V + "\r\nA:   " + END,
        V + "\r\nce-id: 1:2\tx\r\nce-key:  " + END,
        V + " 503" + END,
        V + " 100 Idle Heartbeat\r\nNats-Last-Stream: 3" + END
      })
  void whatTheClientTakesIsLeftAlone(String block) {
    byte[] bytes = bytes(block);
    assertThat(AsciiHeaders.isPlain(bytes, 0, bytes.length)).isTrue();
    assertThatCode(() -> new IncomingHeadersProcessor(bytes)).doesNotThrowAnyException();
  }

  @Test
  void aByteThatIsNotAsciiIsMarkedInItsPlace() {
    Headers headers = mended(V + "\r\nX-Größe: ä b\r\nY: z" + END);
    assertThat(headers.get("X-Gr~~~~e")).containsExactly("\u007F\u007F b");
    assertThat(headers.get("Y")).containsExactly("z");
    assertThat(AsciiHeaders.maybeChanged(headers)).isTrue();
  }

  @Test
  void headersOfAsciiAreNotTakenForChangedOnes() {
    Headers headers = new Headers().add("ce-id", "1").add("x", "");
    assertThat(AsciiHeaders.maybeChanged(headers)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        V + "\r\nno colon" + END,
        V + "\r\nx" + END,
        V + "\r\n:" + END,
        V + "\r\n:no name" + END,
        V + "\r\nwith space: 1" + END,
        V + "\r\nA: stray \r return" + END,
        V + "\r\nA: stray \n newline" + END,
        V + "\r\nA: no end",
        V + "\r\nA: one end\r\n",
        V + "\r\nA: 1" + END + "B: after the end" + END,
        V + " not-a-number" + END,
        V + " 99999999999" + END,
        V + "  " + END,
        V + "   \r\nA: 1" + END,
        V + " 503 \u00fcber" + END,
        "NATS/9.9\r\nA: 1" + END,
        "nats/1.0\r\nA: 1" + END,
        "no block at all, but long",
        "fourteen bytes",
        "fifteen bytes !"
      })
  void anyOtherBlockBecomesOneThatTheClientTakes(String block) {
    mended(block);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 11, 13})
  void someLengthsNoBlockHas(int length) {
    byte[] bytes = new byte[length];
    assertThat(AsciiHeaders.mend(bytes, 0, length)).isFalse();
  }

  @Test
  void randomBlocksAreTakenInTheSameLength() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 100_000; run++) {
      byte[] bytes = random(random);
      byte[] before = bytes.clone();
      boolean plain = AsciiHeaders.isPlain(bytes, 0, bytes.length);
      boolean mended = plain || AsciiHeaders.mend(bytes, 0, bytes.length);
      assertThat(mended || bytes.length < 12 || bytes.length == 13)
          .as("seed %s", seed)
          .isTrue();
      if (mended) {
        Headers headers = parsed(bytes, "seed " + seed + ": " + Arrays.toString(before));
        boolean changed = !Arrays.equals(before, bytes) && bytes.length >= 16;
        if (changed && headers != null) {
          assertThat(AsciiHeaders.maybeChanged(headers)).as("seed %s", seed).isTrue();
        }
      }
    }
  }

  private static byte[] random(Random random) {
    var parts =
        List.of(V, "\r\n", "\r\n", "A: b", "ce-id:1", "ä", ":", " ", "\r", "\n", "503", "x");
    var block = new StringBuilder(random.nextInt(8) == 0 ? "" : V + "\r\n");
    for (int i = random.nextInt(8); i > 0; i--) {
      block.append(parts.get(random.nextInt(parts.size())));
    }
    return bytes(block.append(random.nextInt(8) == 0 ? "" : END).toString());
  }

  private static Headers mended(String block) {
    byte[] bytes = bytes(block);
    assertThat(AsciiHeaders.isPlain(bytes, 0, bytes.length)).isFalse();
    assertThat(AsciiHeaders.mend(bytes, 0, bytes.length)).isTrue();
    return parsed(bytes, block);
  }

  private static Headers parsed(byte[] bytes, String what) {
    try {
      return new IncomingHeadersProcessor(bytes).getHeaders();
    } catch (RuntimeException refused) {
      throw new AssertionError(what, refused);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
