package dev.eventbus;

import java.util.List;

/**
 * Whether something works.
 *
 * @param name what it is about
 * @param state up, degraded or down
 * @param reason why it is not up; empty when it is
 * @param parts what it is made of, such as a bus's subscriptions
 */
public record Health(String name, State state, String reason, List<Health> parts) {

  /** From well to ill. */
  public enum State {
    /** Works. */
    UP,
    /** Works in part, or again after a while without help. */
    DEGRADED,
    /** Does not work. */
    DOWN
  }

  public Health {
    parts = List.copyOf(parts);
  }

  /** A part that works. */
  public static Health up(String name) {
    return new Health(name, State.UP, "", List.of());
  }

  /** A part that works in part. */
  public static Health degraded(String name, String reason) {
    return new Health(name, State.DEGRADED, reason, List.of());
  }

  /** A part that does not work. */
  public static Health down(String name, String reason) {
    return new Health(name, State.DOWN, reason, List.of());
  }

  /** A whole that is as ill as this own state and its parts: it is down only if it is so itself. */
  public Health with(List<Health> newParts) {
    for (Health part : newParts) {
      if (state == State.UP && part.state() != State.UP) {
        return new Health(name, State.DEGRADED, part.name() + ": " + part.reason(), newParts);
      }
    }
    return new Health(name, state, reason, newParts);
  }
}
