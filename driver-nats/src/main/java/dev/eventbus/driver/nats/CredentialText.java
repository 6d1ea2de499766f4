package dev.eventbus.driver.nats;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds JWT and seed in the text of a .creds file, or of a file with one of them alone.
 *
 * @param jwt null if there is none
 * @param seed null if there is none
 */
record CredentialText(@Nullable String jwt, @Nullable String seed) {

  private static final Pattern JWT =
      Pattern.compile("(?<![A-Za-z0-9_.=-])eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
  private static final Pattern SEED =
      Pattern.compile("(?<![A-Za-z0-9])S[A-Z][A-Z2-7]{56}(?![A-Za-z0-9])");

  static CredentialText of(String text) {
    return new CredentialText(first(JWT, text), first(SEED, text));
  }

  private static @Nullable String first(Pattern pattern, String text) {
    Matcher match = pattern.matcher(text);
    return match.find() ? match.group() : null;
  }

  /** Whether the text is too long, or has too many lines, to be a path. */
  static boolean looksInline(String value) {
    return value.indexOf('\n') >= 0
        || value.contains("-----BEGIN")
        || JWT.matcher(value).find();
  }

  @Override
  public String toString() {
    return "CredentialText[…]";
  }
}
