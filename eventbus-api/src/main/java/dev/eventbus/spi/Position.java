package dev.eventbus.spi;

/**
 * A place in a lane's log. Later events of a lane have higher positions; gaps are allowed.
 *
 * @param major the broker's segment, such as a Pulsar ledger; 0 where it has none
 * @param minor the place within it, such as an offset, a stream sequence or a message id
 */
public record Position(long major, long minor) implements Comparable<Position> {

  /** A place in a log without segments. */
  public static Position of(long minor) {
    return new Position(0, minor);
  }

  @Override
  public int compareTo(Position other) {
    int byMajor = Long.compare(major, other.major);
    return byMajor != 0 ? byMajor : Long.compare(minor, other.minor);
  }

  /** {@code minor}, or {@code major.minor} where there are segments. */
  @Override
  public String toString() {
    return major == 0 ? Long.toString(minor) : major + "." + minor;
  }
}
