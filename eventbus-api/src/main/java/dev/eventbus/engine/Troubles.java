package dev.eventbus.engine;

import dev.eventbus.Health;
import dev.eventbus.SubscriptionState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a subscription now; written by the loop, read by any thread. */
final class Troubles {

  /** Kinds of trouble that come and go on their own. */
  enum Kind {
    /** The driver waits for the broker. */
    BROKER,
    /** Progress cannot be committed. */
    COMMIT,
    /** Dead letters cannot be written. */
    DEAD_LETTERS,
    /** The application's executor takes no handlers. */
    EXECUTOR,
    /** Retention removed events that were not settled (S8); stays until the subscription ends. */
    TRIMMED,
    /** The realtime profile's client has dropped events a while ago (C3). */
    DROPPED,
    /** The driver has given up. */
    FAILED
  }

  private final Map<Kind, String> current = new EnumMap<>(Kind.class);
  private volatile List<String> shown = List.of();

  void has(Kind kind, String text) {
    current.put(kind, text);
    shown = List.copyOf(current.values());
  }

  void over(Kind kind) {
    if (current.remove(kind) != null) {
      shown = List.copyOf(current.values());
    }
  }

  Health health(String name, SubscriptionState state) {
    String text = String.join("; ", shown);
    return switch (state) {
      case FAILED -> Health.down(name, text);
      case CLOSED -> Health.down(name, "closed");
      default -> text.isEmpty() ? Health.up(name) : Health.degraded(name, text);
    };
  }
}
