package dev.eventbus.conformance.history;

/** Compares positions as {@link dev.eventbus.Published} has them: a number, or two and a dot. */
public final class Positions {

  private Positions() {}

  /** Less than zero when the left one comes first in its lane. */
  public static int compare(String left, String right) {
    int byMajor = Long.compare(major(left), major(right));
    return byMajor != 0 ? byMajor : Long.compare(minor(left), minor(right));
  }

  private static long major(String position) {
    int dot = position.indexOf('.');
    return dot < 0 ? 0 : Long.parseLong(position.substring(0, dot));
  }

  private static long minor(String position) {
    return Long.parseLong(position.substring(position.indexOf('.') + 1));
  }
}
