package dev.eventbus;

import java.time.Duration;

/** Checks of option values: each names the option, its value and what it may be. */
final class Limits {

  private Limits() {}

  static void positive(Duration value, String option) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + " is " + value + ": give a time above zero");
    }
  }

  static void notNegative(Duration value, String option) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + " is " + value + ": give zero or more");
    }
  }

  static void atMost(Duration value, Duration most, String option) {
    if (value.compareTo(most) > 0) {
      throw new IllegalArgumentException(option + " is " + value + ": give at most " + most);
    }
  }

  static void atLeast(long value, long least, String option) {
    if (value < least) {
      throw new IllegalArgumentException(option + " is " + value + ": give at least " + least);
    }
  }
}
