package dev.eventbus.cli.demo;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.conformance.member.HandlerScript;
import java.time.Duration;

/**
 * The demo's topic, its group, and its events.
 *
 * @param name the topic
 */
record DemoTopic(String name) {

  static final String GROUP = "demo";

  private static final String ID = "demo-";

  /** A topic that no other demo has. */
  static DemoTopic fresh() {
    return new DemoTopic("demo-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX));
  }

  /** How a member of the group handles the topic. */
  static SubscribeOptions options() {
    return SubscribeOptions.defaults().withConcurrency(8).withLease(Duration.ofSeconds(3));
  }

  /** Where NATS stores it; the name has no dot, which would be escaped. */
  String stream() {
    return name;
  }

  DeadLetterTopic deadLetters() {
    return new DeadLetterTopic(name, GROUP);
  }

  /** The event with a number of the plan. */
  static Event.Builder event(DemoPlan plan, int number) {
    return Event.builder()
        .id(ID + number)
        .key(plan.key(number))
        .payload("event " + number + " of " + plan.events());
  }

  /** What the handler of the event with this number does. */
  static String script(DemoPlan plan, int number) {
    if (number == plan.poison()) {
      return HandlerScript.HALT;
    }
    return number == plan.flaky()
        ? HandlerScript.failTimes(DemoPlan.FAILING_ATTEMPTS)
        : HandlerScript.OK;
  }

  /** The number in the plan of the event with this id, or of its dead letter. */
  static int number(String id) {
    return Integer.parseInt(id.substring(ID.length()));
  }
}
