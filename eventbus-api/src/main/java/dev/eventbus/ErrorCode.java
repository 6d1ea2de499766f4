package dev.eventbus;

/**
 * Names a kind of failure for good, such as {@code unknown-driver}; {@code docs/errors.md} has a
 * part for each.
 */
public interface ErrorCode {

  /** Lower-case words joined by hyphens; the anchor in {@code docs/errors.md}. */
  String id();
}
