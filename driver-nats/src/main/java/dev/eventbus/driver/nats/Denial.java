package dev.eventbus.driver.nats;

import dev.eventbus.DriverException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The user may not use a subject. The server says so beside the calls, and answers none.
 *
 * @param use what was tried
 * @param subject the subject, or for subjects with numbers in them what they begin with
 */
record Denial(Use use, String subject) {

  private static final Pattern TEXT = Pattern.compile(
      "Permissions Violation for (Publish|Subscription) to \"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

  private static final String ACKS = "$JS.ACK.";

  /** What a client does with a subject. */
  enum Use {
    PUBLISH("publish to"),
    SUBSCRIBE("subscribe to");

    private final String words;

    Use(String words) {
      this.words = words;
    }
  }

  /** Reads what the server says; null when it is something else. */
  static @Nullable Denial read(String error) {
    Matcher match = TEXT.matcher(error);
    if (!match.find()) {
      return null;
    }
    Use use = match.group(1).equalsIgnoreCase("Publish") ? Use.PUBLISH : Use.SUBSCRIBE;
    return new Denial(use, match.group(2));
  }

  /** Whether it keeps a member from working on a group's lanes. */
  boolean concerns(String stream, String group) {
    String names = stream + "." + group;
    return subject.startsWith(ACKS + names + "=")
        || subject.startsWith("$JS.API.CONSUMER.MSG.NEXT." + names + "=")
        || subject.equals("_EVENTBUS." + names)
        || (use == Use.SUBSCRIBE && subject.endsWith(".>"));
  }

  /** What an application reads; the same for every ack. */
  DriverException explained() {
    String shown = subject.startsWith(ACKS) ? ACKS + ">" : subject;
    return new DriverException(
        NatsError.PERMISSION,
        "nats-server does not allow this user to " + use.words + " \"" + shown
            + "\": allow it in the user's permissions. docs/drivers/nats.md lists what the bus"
            + " needs; NATS_INBOX_PREFIX says what the subjects of answers begin with.");
  }
}
