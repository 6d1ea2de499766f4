package dev.eventbus.conformance;

import static dev.eventbus.conformance.Claims.claim;
import static dev.eventbus.conformance.Claims.claimEqual;
import static dev.eventbus.conformance.Claims.claimWithin;

import dev.eventbus.Backoff;
import dev.eventbus.DeadLetterHeaders;
import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Health;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.Subscription;
import dev.eventbus.conformance.history.HistoryEvent.HandlerEnded;
import dev.eventbus.conformance.history.Verdict;
import dev.eventbus.conformance.member.DeadLetterReader;
import dev.eventbus.conformance.member.HandlerScript;
import dev.eventbus.conformance.member.LocalMember;
import dev.eventbus.conformance.member.MemberProcess;
import dev.eventbus.conformance.sabotage.Catches;
import dev.eventbus.conformance.sabotage.Saboteur;
import dev.eventbus.conformance.workload.Supervisor;
import dev.eventbus.conformance.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R3, R5, R10: what becomes of an event that cannot be handled. */
public interface DeadLetterClauses extends Conformance {

  private SubscribeOptions quickRetries() {
    return bench().options().withBackoff(Backoff.fixed(Duration.ofMillis(50)));
  }

  /** R3. */
  @Test
  @Proves(Clause.R3)
  @Catches({
    Saboteur.DROPS_DEAD_LETTERS,
    Saboteur.CHANGES_DEAD_LETTERS,
    Saboteur.STORES_DEAD_LETTERS_TWICE
  })
  default void r3_anExhaustedEventIsDeadLetteredUnchanged() {
    Workload workload = bench().workload(quickRetries());
    DeadLetterReader reader = workload.readDeadLetters();
    for (int i = 0; i < 6; i++) {
      Event.Builder event = Event.builder()
          .key("bad-" + i)
          .payload(new byte[] {0, (byte) 255, (byte) i})
          .source("urn:kit")
          .type("kit.bad")
          .header("höflich", "ja, \"bitte\" 😀");
      workload.publish(event, HandlerScript.FAIL);
      workload.publish("bad-" + i, HandlerScript.OK);
    }
    workload.local("m1");
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R3, 6, verdict.seen().deadLettered(), "number of dead letters");
    for (Event letter : reader.letters()) {
      claimHeaders(workload, letter);
    }
  }

  private static void claimHeaders(Workload workload, Event letter) {
    Map<String, String> headers = letter.headers();
    claimHeader(headers, DeadLetterHeaders.REASON, "exhausted");
    claimHeader(headers, DeadLetterHeaders.EXCEPTION, IllegalStateException.class.getName());
    claimHeader(headers, DeadLetterHeaders.ATTEMPTS, "3");
    claimHeader(headers, DeadLetterHeaders.TOPIC, workload.spec().topic());
    claimHeader(headers, DeadLetterHeaders.GROUP, workload.spec().group());
    Instant first = Instant.parse(headers.getOrDefault(DeadLetterHeaders.FIRST_FAILURE, "?"));
    Instant last = Instant.parse(headers.getOrDefault(DeadLetterHeaders.LAST_FAILURE, "?"));
    claim(Clause.R3, first.isBefore(last), first + " is not before " + last);
  }

  private static void claimHeader(Map<String, String> headers, String name, String value) {
    claimEqual(Clause.R3, value, headers.getOrDefault(name, "absent"), "header " + name);
  }

  /** R3. */
  @Test
  @Proves({Clause.R3, Clause.R1})
  default void r3_noneIsLostOrDoubledWhenTheMemberDies() {
    Workload workload = bench().workload(quickRetries());
    workload.readDeadLetters();
    MemberProcess first = Loads.processes(workload, "m1").get(0);
    Loads.publish(workload, 40, 40, HandlerScript.FAIL);
    workload.await(
        Clause.R3,
        "some last attempts to fail",
        () -> workload.history().count(HandlerEnded.class, ended -> true) > 90);
    first.kill();
    workload.local("m2");
    workload.awaitSettled();
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R3, 40, verdict.seen().deadLettered(), "number of dead letters");
  }

  /** R5. */
  @Test
  @Proves({Clause.R5, Clause.R1})
  @Catches(Saboteur.FORGETS_THE_RECORD)
  default void r5_aPoisonEventIsDeadLetteredAndItsNeighboursAreNot() {
    Workload workload = bench().workload(bench().options());
    workload.readDeadLetters();
    Loads.publish(workload, 30, 10, HandlerScript.slow(Duration.ofMillis(20)));
    workload.publish("poison", HandlerScript.HALT);
    Loads.publish(workload, 30, 10, HandlerScript.slow(Duration.ofMillis(20)));
    workload.publish("poison", HandlerScript.OK);
    workload.awaitPublished();
    var supervisor = new Supervisor(workload, 1, 8);
    workload.awaitSettled(supervisor);
    Verdict verdict = workload.assertClean();
    claimEqual(Clause.R5, 1, verdict.seen().deadLettered(), "number of dead letters");
  }

  /** R10. */
  @Test
  @Proves(Clause.R10)
  @Catches(Saboteur.DROPS_DEAD_LETTERS)
  default void r10_anEventWaitsWhileItsDeadLetterIsRefused() throws IOException {
    Path refusing = Files.createFile(bench().directory().resolve("refusing"));
    Workload workload = bench().workloadRefusingDeadLetters(quickRetries(), refusing);
    workload.readDeadLetters();
    LocalMember member = workload.local("m1");
    workload.publish("bad", HandlerScript.REJECT);
    workload.publish("bad", HandlerScript.OK);
    workload.await(
        Clause.R10,
        "the rejection",
        () -> workload.history().count(HandlerEnded.class, ended -> true) == 1);
    Loads.publish(workload, 20, 10, HandlerScript.OK);
    Loads.awaitSettled(workload, Clause.R10, 20);
    claimWithin(
        Duration.ofSeconds(5),
        Clause.R10,
        "degraded health",
        () -> member.subscription().health().state() == Health.State.DEGRADED);
    Claims.claimStays(Clause.R10, "the key waits", () -> {
      workload.history().refresh();
      return Loads.starts(workload, "bad", 2).isEmpty();
    });
    Files.delete(refusing);
    workload.awaitSettled();
    claimWithin(
        Duration.ofSeconds(5),
        Clause.R10,
        "good health",
        () -> member.subscription().health().state() == Health.State.UP);
    workload.assertClean();
  }

  /** R10. */
  @Test
  @Proves(Clause.R10)
  default void r10_aDeadLetterHasNoDeadLetter() {
    Workload workload = bench().workload(quickRetries());
    workload.publish("bad", HandlerScript.REJECT);
    workload.local("m1");
    EventBus bus = bench().connect();
    String letters =
        new DeadLetterTopic(workload.spec().topic(), workload.spec().group()).name();
    Subscription reader = bus.subscribe(
        letters,
        "letters",
        delivery -> {
          throw new IllegalStateException("a dead letter cannot be handled");
        },
        quickRetries().withMaxAttempts(2));
    claimWithin(
        Duration.ofSeconds(10),
        Clause.R10,
        "the dead letter to be tried on and on",
        () -> reader.stats().failedAttempts() > 4);
    claimEqual(Clause.R10, 0L, reader.stats().deadLettered(), "dead letters of a dead letter");
    Loads.awaitDeadLettered(workload, Clause.R10, 1);
  }
}
