package dev.eventbus;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topic that takes a group's exhausted events: {@code <topic>.dlq.<group>} (R3).
 *
 * <p>{@code dlq} is a reserved segment, so the name can be read back. Subscribe to it like to any
 * other topic; it cannot be published to, and has no dead letters of its own (R10).
 *
 * @param topic the topic that the events came from
 * @param group the group that could not handle them
 */
public record DeadLetterTopic(String topic, String group) {

  private static final String SEPARATOR = ".dlq.";
  private static final Pattern PARTS = Pattern.compile("(.+?)\\.dlq\\.(.+)");

  /** The name of the topic. */
  public String name() {
    return topic + SEPARATOR + group;
  }

  /** Reads a name back; empty when it is not one of a dead-letter topic. */
  public static Optional<DeadLetterTopic> parse(String name) {
    var match = PARTS.matcher(name);
    return match.matches()
        ? Optional.of(new DeadLetterTopic(match.group(1), match.group(2)))
        : Optional.empty();
  }
}
