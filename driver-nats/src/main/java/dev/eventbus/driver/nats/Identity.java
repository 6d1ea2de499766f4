package dev.eventbus.driver.nats;

import dev.eventbus.driver.nats.NatsCredentials.Keys;
import dev.eventbus.driver.nats.NatsCredentials.Token;
import dev.eventbus.driver.nats.NatsCredentials.UserPassword;
import io.nats.client.Options;
import io.nats.client.support.Encoding;

/** Gives the credentials to the client in its own form. */
final class Identity {

  private final NatsCredentials credentials;

  Identity(NatsCredentials credentials) {
    this.credentials = credentials;
  }

  void addTo(Options.Builder builder) {
    if (credentials instanceof Token token) {
      // the client puts a token into its JSON as it is
      builder.token(Encoding.jsonEncode(token.token()).toCharArray());
    } else if (credentials instanceof UserPassword pair) {
      builder.userInfo(pair.user().toCharArray(), pair.password().toCharArray());
    } else if (credentials instanceof Keys keys) {
      builder.authHandler(new Signer(keys));
    }
  }
}
