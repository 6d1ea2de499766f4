package dev.eventbus.driver.nats;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a user's JWT says of itself. Its signature is the server's to check.
 *
 * @param notBefore null if it says nothing
 * @param expires null if it never does
 * @param bearer whether the JWT is enough, without a key
 */
record JwtClaims(@Nullable Instant notBefore, @Nullable Instant expires, boolean bearer) {

  private static final JwtClaims UNKNOWN = new JwtClaims(null, null, false);

  /** Nothing is known of a JWT that cannot be read. */
  static JwtClaims of(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return UNKNOWN;
    }
    try {
      JsonValue claims = JsonParser.parse(Base64.getUrlDecoder().decode(parts[1]));
      JsonValue nats = JsonValueUtils.readObject(claims, "nats");
      return new JwtClaims(
          instant(claims, "nbf"),
          instant(claims, "exp"),
          JsonValueUtils.readBoolean(nats, "bearer_token", false));
    } catch (JsonParseException | IllegalArgumentException unreadable) {
      return UNKNOWN;
    }
  }

  private static @Nullable Instant instant(JsonValue claims, String name) {
    long seconds = JsonValueUtils.readLong(claims, name, 0);
    return seconds <= 0 ? null : Instant.ofEpochSecond(seconds);
  }
}
