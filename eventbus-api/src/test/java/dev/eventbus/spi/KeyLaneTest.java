package dev.eventbus.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLaneTest {

  private static final long SEED = 20260101;
  private static final String[] ALPHABETS = {
    "ab", "%25EZ", " ./*>", "aä€", "0123456789_-%", "\u0000\u0001\u007f\u0080\u07ff\u0800"
  };

  /** Short keys of alphabets that collide if an encoding is careless. */
  private static String randomKey(Random random) {
    String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
    int length = random.nextInt(7);
    var key = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (random.nextInt(20) == 0) {
        key.append("😀");
      } else {
        key.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
    }
    return key.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'',%",
    "abc,abc",
    "A-Z_9,A-Z_9",
    "%,%25",
    "%25,%2525",
    "a.b,a%2Eb",
    "' ',%20",
    "ä,%C3%A4",
    "😀,%F0%9F%98%80"
  })
  void theTokenEscapesAllButLettersDigitsUnderscoreAndHyphen(String key, String token) {
    assertThat(KeyLane.token(key)).isEqualTo(token);
  }

  @Test
  void differentKeysHaveDifferentTokens() {
    var random = new Random(SEED);
    Map<String, String> keyOfToken = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      String key = randomKey(random);
      String earlier = keyOfToken.put(KeyLane.token(key), key);
      assertThat(earlier == null || earlier.equals(key))
          .as("seed %d: \"%s\" and \"%s\" have one token", SEED, earlier, key)
          .isTrue();
    }
    assertThat(keyOfToken).hasSizeGreaterThan(5_000);
  }

  @Test
  void aTokenIsALegalSubjectTokenAndNamesItsKey() {
    var random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      String key = randomKey(random);
      String token = KeyLane.token(key);
      assertThat(token).as("token of \"%s\"", key).matches("[A-Za-z0-9_%-]+");
      if (!key.isEmpty()) {
        assertThat(URLDecoder.decode(token, StandardCharsets.UTF_8)).isEqualTo(key);
      }
    }
  }

  @Test
  void theHashIsThatOfTheTokensBytes() {
    var random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      String key = randomKey(random);
      assertThat(KeyLane.hash(key))
          .as("seed %d: \"%s\"", SEED, key)
          .isEqualTo(Fnv.hash32(KeyLane.token(key)));
    }
  }

  @Test
  void theLaneIsTheUnsignedHashModuloTheCount() {
    var random = new Random(SEED);
    boolean negative = false;
    for (int i = 0; i < 5_000; i++) {
      String key = randomKey(random);
      int lanes = 1 + random.nextInt(1024);
      long unsigned = Fnv.hash32(KeyLane.token(key)) & 0xffff_ffffL;
      negative |= unsigned > Integer.MAX_VALUE;
      assertThat(KeyLane.of(key, lanes)).isEqualTo((int) (unsigned % lanes)).isBetween(0, lanes);
    }
    assertThat(negative).as("a hash with its highest bit set was among them").isTrue();
  }

  @Test
  void theKeysOfAnApplicationSpreadOverTheLanes() {
    int[] counts = new int[8];
    for (int i = 0; i < 8_000; i++) {
      counts[KeyLane.of("customer-" + i, 8)]++;
    }
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }
}
