package dev.eventbus.brokers;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as {@code nats-server --version} prints it. */
record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {

  private static final Pattern TEXT = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})");
  private static final Comparator<ServerVersion> ORDER = Comparator.comparingInt(
          ServerVersion::major)
      .thenComparingInt(ServerVersion::minor)
      .thenComparingInt(ServerVersion::patch);

  /** The first version in the text. */
  static Optional<ServerVersion> in(String text) {
    Matcher found = TEXT.matcher(text);
    return found.find()
        ? Optional.of(new ServerVersion(number(found, 1), number(found, 2), number(found, 3)))
        : Optional.empty();
  }

  private static int number(Matcher found, int group) {
    return Integer.parseInt(found.group(group));
  }

  @Override
  public int compareTo(ServerVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
