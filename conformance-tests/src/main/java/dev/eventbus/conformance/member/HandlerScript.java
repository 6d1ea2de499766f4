package dev.eventbus.conformance.member;

import dev.eventbus.Delivery;
import dev.eventbus.RejectEvent;
import dev.eventbus.RetryLater;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.Recorder;
import java.time.Duration;

/**
 * What a handler does, as the event's publisher wrote it into a header: one step for each attempt,
 * joined by commas, the last one for all further attempts. A step is one or more of these, joined
 * by {@code +}: {@code ok}, {@code slow:MILLIS}, {@code hang}, {@code fail}, {@code error}, {@code
 * reject}, {@code later:MILLIS}, {@code halt}.
 */
public final class HandlerScript {

  /** Returns at once. */
  public static final String OK = "ok";

  /** Throws an exception, in every attempt. */
  public static final String FAIL = "fail";

  /** Throws an error, in every attempt. */
  public static final String ERROR = "error";

  /** Rejects the event. */
  public static final String REJECT = "reject";

  /** Halts its own process, in every attempt. */
  public static final String HALT = "halt";

  /** Does not return until it is interrupted. */
  public static final String HANG = "hang";

  private static final int HALT_STATUS = 137;

  private HandlerScript() {}

  /** Fails so many attempts, then returns. */
  public static String failTimes(int times) {
    return "fail,".repeat(times) + OK;
  }

  /** Takes its time, then returns. */
  public static String slow(Duration time) {
    return "slow:" + time.toMillis();
  }

  /** Asks for a delay in the first attempt, then returns. */
  public static String later(Duration delay) {
    return "later:" + delay.toMillis() + ",ok";
  }

  /** Does what the event's script says for this attempt. */
  static void perform(Delivery delivery, Recorder recorder) throws InterruptedException {
    String script = delivery.event().headers().getOrDefault(KitEvents.SCRIPT, OK);
    String[] steps = script.split(",", -1);
    String step = steps[Math.min(delivery.attempt(), steps.length) - 1];
    for (String part : step.split("\\+", -1)) {
      act(part, delivery, recorder);
    }
  }

  private static void act(String part, Delivery delivery, Recorder recorder)
      throws InterruptedException {
    int colon = part.indexOf(':');
    String verb = colon < 0 ? part : part.substring(0, colon);
    long millis = colon < 0 ? 0 : Long.parseLong(part.substring(colon + 1));
    switch (verb) {
      case OK -> {}
      case "slow" -> Thread.sleep(millis);
      case HANG -> Thread.sleep(Long.MAX_VALUE);
      case FAIL -> throw new IllegalStateException("the script says fail");
      case ERROR -> throw new AssertionError("the script says error");
      case REJECT -> throw new RejectEvent("the script says reject");
      case "later" -> throw new RetryLater(Duration.ofMillis(millis));
      case HALT -> {
        var event = KitEvents.ref(delivery.topic(), delivery.event());
        recorder.add(at -> new HistoryEvent.ProcessHalts(at, event));
        Runtime.getRuntime().halt(HALT_STATUS);
      }
      default -> throw new IllegalArgumentException("no such step: " + part);
    }
  }
}
