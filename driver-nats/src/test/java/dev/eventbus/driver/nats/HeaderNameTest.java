package dev.eventbus.driver.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every name of a user header has one legal form on the wire, and comes back. */
class HeaderNameTest {

  private static final long SEED = 20_260_102;

  @Test
  void randomNamesComeBackAndNeverMeet() {
    var texts = new RandomEvents(SEED);
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      String name = texts.text() + "x";
      String wire = HeaderName.toWire(name);
      assertThat(wire).as("name %d of seed %d", i, SEED).matches("[!-9;-~]+");
      assertThat(HeaderName.fromWire(wire)).as("name %d of seed %d", i, SEED).isEqualTo(name);
      String before = seen.put(wire, name);
      assertThat(before == null || before.equals(name))
          .as("%s and %s", before, name)
          .isTrue();
    }
  }

  @Test
  void plainNamesStayAsTheyAre() {
    for (String name :
        new String[] {"trace-id", "X_1", "content-type", "ce-subject", "natsy", "a%41"}) {
      assertThat(HeaderName.toWire(name)).isEqualTo(name);
    }
  }

  @Test
  void namesOfOthersAreEncoded() {
    assertThat(HeaderName.toWire("ce-id")).isEqualTo("eb-h-ce-id");
    assertThat(HeaderName.toWire("NATS-Msg-Id")).isEqualTo("eb-h-NATS-Msg-Id");
    assertThat(HeaderName.toWire("Status")).isEqualTo("eb-h-Status");
    assertThat(HeaderName.toWire("eb-h-x")).isEqualTo("eb-h-eb-h-x");
    assertThat(HeaderName.toWire("größe a:b")).isEqualTo("eb-h-gr%C3%B6%C3%9Fe%20a%3Ab");
  }

  @Test
  void whatTheBusWouldNotWriteIsANameAsItIs() {
    for (String wire :
        new String[] {"eb-h-", "eb-h-plain", "eb-h-%zz", "eb-h-%c3%b6", "EB-H-Status"}) {
      assertThat(HeaderName.fromWire(wire)).isEqualTo(wire);
    }
  }
}
