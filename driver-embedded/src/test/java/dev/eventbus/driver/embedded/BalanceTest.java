package dev.eventbus.driver.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The lanes are shared evenly, and settle down. */
class BalanceTest {

  private static final long SEED = 7;

  @Test
  void sharesDifferByOneAtMostAndAddUp() {
    for (int lanes = 1; lanes <= 20; lanes++) {
      for (long members = 1; members <= 12; members++) {
        var all = new ArrayList<Long>();
        for (long id = 1; id <= members; id++) {
          all.add(id);
        }
        List<Integer> shares = new ArrayList<>();
        for (long id : all) {
          shares.add(FairShare.of(id, all, lanes));
        }
        assertThat(shares.stream().mapToInt(Integer::intValue).sum()).isEqualTo(lanes);
        assertThat(shares.get(0) - shares.get(shares.size() - 1)).isBetween(0, 1);
      }
    }
  }

  @Test
  void whoeverDoesNotShareNeitherClaimsNorGives() {
    assertThat(Balance.of(9, List.of(1L), Map.of(1L, 0L, 2L, 9L), 1))
        .isEqualTo(new Balance(false, 0));
  }

  @Test
  void lanesOnTheirWayAreNotGivenTwice() {
    Map<Long, Long> all = Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 1L);
    assertThat(Balance.of(1, List.of(1L, 2L), all, 4)).isEqualTo(new Balance(false, 2));
    assertThat(Balance.of(1, List.of(1L, 2L), all, 3)).isEqualTo(new Balance(false, 1));
    Map<Long, Long> oneFree = Map.of(1L, 1L, 2L, 1L, 3L, 1L, 4L, 0L);
    assertThat(Balance.of(1, List.of(1L, 2L), oneFree, 3)).isEqualTo(new Balance(false, 1));
    assertThat(Balance.of(1, List.of(1L, 2L), oneFree, 2)).isEqualTo(new Balance(false, 0));
    assertThat(Balance.of(2, List.of(1L, 2L), oneFree, 0)).isEqualTo(new Balance(true, 0));
  }

  /** Members act one after another on what they see, as the processes do. */
  @Test
  void randomComingsAndGoingsSettleDown() {
    var random = new Random(SEED);
    for (int run = 0; run < 300; run++) {
      var owners = new HashMap<Long, Long>();
      int lanes = 1 + random.nextInt(16);
      var members = new ArrayList<Long>();
      for (long id = 1; id <= 1 + random.nextInt(6); id++) {
        members.add(id);
      }
      for (long lane = 0; lane < lanes; lane++) {
        owners.put(lane, random.nextInt(3) == 0 ? 0 : members.get(random.nextInt(members.size())));
      }
      for (int round = 0; round < 50; round++) {
        members.forEach(member -> act(member, members, owners));
      }
      for (long member : members) {
        long owned = owners.values().stream().filter(owner -> owner == member).count();
        assertThat(owned)
            .as("run %d of seed %d", run, SEED)
            .isEqualTo(FairShare.of(member, members, lanes));
      }
    }
  }

  private static void act(long member, List<Long> members, Map<Long, Long> owners) {
    int kept = (int) owners.values().stream().filter(owner -> owner == member).count();
    Balance balance = Balance.of(member, members, owners, kept);
    int claims = balance.claims() ? FairShare.of(member, members, owners.size()) - kept : 0;
    int gives = balance.gives();
    for (Map.Entry<Long, Long> lane : owners.entrySet()) {
      if (claims > 0 && lane.getValue() == 0) {
        lane.setValue(member);
        claims--;
      } else if (gives > 0 && lane.getValue() == member) {
        lane.setValue(0L);
        gives--;
      }
    }
  }
}
