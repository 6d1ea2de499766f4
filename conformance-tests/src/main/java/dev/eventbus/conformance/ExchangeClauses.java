package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claimEqual;

import dev.eventbus.Backoff;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** X1: one program on every broker. */
public interface ExchangeClauses extends Conformance {

  /** What every driver must make of this workload. */
  Verdict.Seen SAME_EVERYWHERE = new Verdict.Seen(135, 15, 0, 0, 0, 0, 0, 145, 135, 5, 0, 0);

  /** X1: the members are the same program with the same class path and arguments on every driver. */
  @Test
  @Proves(Clause.X1)
  default void x1_theEnvironmentAloneDecidesOnTheBroker() {
    Workload workload = bench()
        .workload(
            bench().options().withConcurrency(4).withBackoff(Backoff.fixed(Duration.ofMillis(50))));
    workload.readDeadLetters();
    List<MemberProcess> members =
        Stream.of("m1", "m2").map(workload::beginByEnvironment).toList();
    members.forEach(MemberProcess::awaitReady);
    Loads.publish(workload, 120, 10, HandlerScript.OK);
    for (int i = 0; i < 10; i++) {
      workload.publish("k" + i, HandlerScript.failTimes(1));
    }
    for (int i = 0; i < 5; i++) {
      workload.publish("bad" + i, HandlerScript.REJECT);
    }
    workload.awaitSettled();
    claimEqual(Clause.X1, SAME_EVERYWHERE, workload.assertClean().seen(), "what was seen");
  }
}
