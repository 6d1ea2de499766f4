package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeFramesTest {

  private static final String START = "INFO {\"server_id\":\"x\"}\r\n+OK\r\nPING\r\n";
  private static final String PLAIN = "HMSG t.1 7 r 18 20\r\nNATS/1.0\r\nA: b\r\n\r\nHI\r\n";
  private static final String DAMAGED = "HMSG t.1 7 18 20\r\nNATS/1.0\r\nA:\u00e4\r\n\r\nHI\r\n";
  private static final String MENDED =
      "HMSG t.1 7 18 20\r\nNATS/1.0\r\nA:\u007F\u007F\r\n\r\nHI\r\n";
  private static final String SHORT = "HMSG t\t1  _INBOX.1 2 4\r\n\u00e4HI\r\n";
  private static final String WITHOUT = "MSG t\t1  _INBOX.1 2\r\nHI\r\n";
  private static final String MESSAGE = "MSG \u00e4 1 8\r\nHMSG\r\n\u00e4\r\n-ERR 'No'\r\n";

  private static final String SENT =
      START + PLAIN + DAMAGED + MESSAGE + SHORT + DAMAGED + SHORT + SHORT + PLAIN + "PONG\r\n";
  private static final String ARRIVES =
      START + PLAIN + MENDED + MESSAGE + WITHOUT + MENDED + WITHOUT + WITHOUT + PLAIN + "PONG\r\n";

  @Test
  void onlyHeadersThatTheClientWouldNotTakeAreChanged() throws IOException {
    assertThat(through(SENT, 1 << 16, 1 << 16)).isEqualTo(ARRIVES);
  }

  @Test
  void everyCutOfTheStreamGivesTheSame() throws IOException {
    byte[] sent = SENT.getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < sent.length; cut++) {
      for (int second = cut + 1; second <= sent.length; second += 1 + cut % 7) {
        assertThat(through(new Pieces(sent, cut, second), 64))
            .as("cut at %s and %s", cut, second)
            .isEqualTo(ARRIVES);
      }
    }
  }

  @Test
  void everyLengthOfPiecesAndOfReadsGivesTheSame() throws IOException {
    for (int piece = 1; piece < 70; piece++) {
      for (int read = 1; read < 70; read += 3) {
        assertThat(through(SENT, piece, read))
            .as("pieces of %s, reads of %s", piece, read)
            .isEqualTo(ARRIVES);
      }
    }
  }

  @Test
  void payloadsAndHeadersLargerThanTheBufferPass() throws IOException {
    String payload = "\u00f6".repeat(200_000);
    String value = "\u00e4".repeat(100_000);
    int headers = 16 + 200_000;
    String sent =
        "MSG t 1 400000\r\n" + payload + "\r\nHMSG t 1 " + headers + " " + (headers + 400_000)
            + "\r\nNATS/1.0\r\nA:" + value + "\r\n\r\n" + payload + "\r\nPING\r\n";
    assertThat(through(sent, 1 << 16, 1 << 16))
        .isEqualTo(sent.replace(value, "\u007F".repeat(200_000)));
    assertThat(through(sent, 5_000, 777)).isEqualTo(sent.replace(value, "\u007F".repeat(200_000)));
  }

  @Test
  void whatIsNotUnderstoodPassesUnchanged() throws IOException {
    for (String strange : new String[] {
      "HMSG t 1 20 10\r\nNATS/1.0\r\nA:\u00e4\r\n",
      "HMSG t 1 x 10\r\nabc\r\n",
      "MSG t 1 99999999999\r\nabc",
      "MSG t 1\nabc\r\n",
      "HMSG\r\n",
      "\r\n\r\n",
      "HTTP/1.1 400 Bad Request\r\n\r\n"
    }) {
      assertThat(through(strange, 3, 5)).isEqualTo(strange);
    }
  }

  @Test
  void randomStreamsComeOutAsTheyShouldHoweverTheyAreCut() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 3_000; run++) {
      var sent = new StringBuilder();
      var arrives = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        switch (random.nextInt(5)) {
          case 0 -> both(sent, arrives, PLAIN, PLAIN);
          case 1 -> both(sent, arrives, DAMAGED, MENDED);
          case 2 -> both(sent, arrives, SHORT, WITHOUT);
          case 3 -> both(sent, arrives, MESSAGE, MESSAGE);
          default -> both(sent, arrives, START, START);
        }
      }
      byte[] bytes = sent.toString().getBytes(StandardCharsets.UTF_8);
      var read = new ByteArrayOutputStream();
      var frames = new SafeFrames(new RandomPieces(bytes, random), line -> {});
      byte[] into = new byte[100];
      int count;
      while ((count = frames.read(into, 0, 1 + random.nextInt(into.length))) >= 0) {
        read.write(into, 0, count);
      }
      assertThat(read.toString(StandardCharsets.UTF_8)).as("seed %s", seed).isEqualTo(arrives + "");
    }
  }

  @Test
  void errorsOfTheServerAreTold() throws IOException {
    byte[] sent = "PING\r\n-ERR 'No'\r\nMSG t 1 4\r\n-ERR\r\n".getBytes(StandardCharsets.UTF_8);
    var errors = new ArrayList<String>();
    var frames = new SafeFrames(new Pieces(sent, 3), errors::add);
    byte[] into = new byte[10];
    while (frames.read(into, 0, 10) >= 0) {
      assertThat(errors).hasSizeLessThan(2);
    }
    assertThat(errors).containsExactly("-ERR 'No'");
  }

  @Test
  void emptyMeansThatNothingIsHeldBack() throws IOException {
    var frames =
        new SafeFrames(new Pieces("PING\r\nPO".getBytes(StandardCharsets.UTF_8), 6, 8), line -> {});
    byte[] into = new byte[10];
    assertThat(frames.isEmpty()).isTrue();
    assertThat(frames.read(into, 0, 10)).isEqualTo(6);
    assertThat(frames.isEmpty()).isTrue();
    assertThat(frames.read(into, 0, 10)).isEqualTo(-1);
    assertThat(frames.isEmpty()).isFalse();
  }

  private static void both(StringBuilder sent, StringBuilder arrives, String one, String other) {
    sent.append(one);
    arrives.append(other);
  }

  private static String through(String sent, int piece, int read) throws IOException {
    byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
    return through(new Pieces(bytes, piece), read);
  }

  private static String through(ByteSource source, int read) throws IOException {
    var frames = new SafeFrames(source, line -> {});
    var result = new ByteArrayOutputStream();
    byte[] into = new byte[read + 2];
    int count;
    while ((count = frames.read(into, 1, read)) >= 0) {
      assertThat(count).isBetween(1, read);
      result.write(into, 1, count);
    }
    return result.toString(StandardCharsets.UTF_8);
  }

  /** Gives at most so many bytes at once; or cuts at two places. */
  private static final class Pieces implements ByteSource {

    private final byte[] bytes;
    private final int[] cuts;
    private final int piece;
    private int at;

    Pieces(byte[] bytes, int piece) {
      this.bytes = bytes;
      this.piece = piece;
      this.cuts = new int[0];
    }

    Pieces(byte[] bytes, int first, int second) {
      this.bytes = bytes;
      this.piece = Integer.MAX_VALUE;
      this.cuts = new int[] {first, second};
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int end = (int) Math.min((long) at + Math.min(length, piece), bytes.length);
      for (int cut : cuts) {
        end = at < cut ? Math.min(end, cut) : end;
      }
      int count = end - at;
      System.arraycopy(bytes, at, into, from, count);
      at = end;
      return count;
    }
  }

  private static final class RandomPieces implements ByteSource {

    private final byte[] bytes;
    private final Random random;
    private int at;

    RandomPieces(byte[] bytes, Random random) {
      this.bytes = bytes;
      this.random = random;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(length, 1 + random.nextInt(60)), bytes.length - at);
      System.arraycopy(bytes, at, into, from, count);
      at += count;
      return count;
    }
  }
}
