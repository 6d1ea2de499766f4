package dev.eventbus.driver.nats;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How this client says who it is. No text shows a secret. */
sealed interface NatsCredentials {

  /** The settings that they come from, for texts; empty when there are none. */
  String settings();

  /** None: the server asks for none, or knows us by our certificate. */
  record None() implements NatsCredentials {
    @Override
    public String settings() {
      return "";
    }
  }

  /** One token for all. */
  record Token(String settings, String token) implements NatsCredentials {
    @Override
    public String toString() {
      return "Token[" + settings + "]";
    }
  }

  /** User and password. */
  record UserPassword(String settings, String user, String password) implements NatsCredentials {
    @Override
    public String toString() {
      return "UserPassword[" + settings + "]";
    }
  }

  /**
   * A key pair, with a JWT that an account signed or without.
   *
   * @param jwt null for a bare NKey
   * @param seed null for a bearer JWT
   * @param file where they are read again at each connect, so that they can be renewed; or null
   */
  record Keys(
      String settings,
      @Nullable String jwt,
      @Nullable String seed,
      @Nullable Path file) implements NatsCredentials {
    @Override
    public String toString() {
      return "Keys[" + settings + "]";
    }
  }
}
