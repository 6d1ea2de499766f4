package dev.eventbus.driver.nats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eventbus.driver.nats.Roster.Peer;
import dev.eventbus.driver.nats.Roster.Place;
import dev.eventbus.driver.nats.Roster.Standing;
import dev.eventbus.driver.nats.RosterCall.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members know of each other, and share lanes out without asking. */
class RosterTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Roster roster = new Roster();

  private static Peer peer(String id, Integer... lanes) {
    return new Peer(id, Standing.PRESENT, Set.of(lanes), 1_000);
  }

  @Test
  void aMemberAloneHasEveryLane() {
    assertThat(roster.place("a")).isEqualTo(new Place(0, 1));
    assertThat(roster.place("a").share(8)).isEqualTo(8);
  }

  @Test
  void sharesCoverAllLanesAndDifferByOneAtMost() {
    for (int lanes = 1; lanes <= 12; lanes++) {
      for (int members = 1; members <= 15; members++) {
        int sum = 0;
        for (int index = 0; index < members; index++) {
          int share = new Place(index, members).share(lanes);
          assertThat(share).isBetween(lanes / members, lanes / members + 1);
          assertThat(new Place(index, members).firstLane(lanes)).isBetween(0, lanes - 1);
          sum += share;
        }
        assertThat(sum).isEqualTo(lanes);
      }
    }
  }

  @Test
  void everyMemberSeesTheSameOrder() {
    var places = new HashSet<Place>();
    for (String self : new String[] {"a", "b", "c"}) {
      var view = new Roster();
      for (String other : new String[] {"c", "a", "b"}) {
        if (!other.equals(self)) {
          view.hear(peer(other), 0);
        }
      }
      places.add(view.place(self));
    }
    assertThat(places).containsExactlyInAnyOrder(new Place(0, 3), new Place(1, 3), new Place(2, 3));
  }

  @Test
  void whoHasRetiredGetsNoShareButKeepsItsLanes() {
    roster.hear(new Peer("b", Standing.RETIRED, Set.of(3), 1_000), 0);
    assertThat(roster.place("a")).isEqualTo(new Place(0, 1));
    assertThat(roster.owned(3)).isTrue();
    assertThat(roster.owned(4)).isFalse();
  }

  @Test
  void onlyNewsChangesShares() {
    assertThat(roster.hear(peer("b", 1), 0)).isTrue();
    assertThat(roster.hear(peer("b", 1), SECOND)).isFalse();
    assertThat(roster.hear(peer("b", 1, 2), SECOND)).isTrue();
  }

  @Test
  void whoIsSilentForTooLongIsForgotten() {
    roster.hear(peer("b", 1), 0);
    roster.forget(SECOND);
    assertThat(roster.owned(1)).isTrue();
    roster.forget(SECOND + 1);
    assertThat(roster.owned(1)).isFalse();
    assertThat(roster.place("a").members()).isEqualTo(1);
  }

  @Test
  void afterADeafTimeEverybodyCountsAsAlive() {
    roster.hear(peer("b", 1), 0);
    roster.hearAll(10 * SECOND);
    roster.forget(11 * SECOND);
    assertThat(roster.owned(1)).isTrue();
  }

  @Test
  void whoLeavesIsGoneAtOnce() {
    roster.hear(peer("b", 1), 0);
    roster.leave("b");
    assertThat(roster.owned(1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void callsAreReadAsTheyWereWritten(Kind kind) {
    for (Peer peer :
        new Peer[] {peer("x"), new Peer("y", Standing.RETIRED, Set.of(0, 7, 1023), 30_000)}) {
      var call = new RosterCall(kind, peer);
      assertThat(RosterCall.read(call.encoded())).isEqualTo(call);
    }
  }

  @Test
  void aCallIsShortAndPlain() {
    byte[] call = new RosterCall(Kind.HERE, peer("x", 5)).encoded();
    assertThat(new String(call, US_ASCII)).isEqualTo("1 HERE x PRESENT 5 1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "2 HERE x PRESENT - 1000",
        "1 HERE x PRESENT - 1000 more",
        "1 THERE x PRESENT - 1000",
        "1 HERE x ABSENT - 1000",
        "1 HERE x PRESENT a 1000",
        "1 HERE x PRESENT 1,,2 1000",
        "1 HERE x PRESENT - soon"
      })
  void whatIsNoCallIsIgnored(String text) {
    assertThat(RosterCall.read(text.getBytes(US_ASCII))).isNull();
  }
}
