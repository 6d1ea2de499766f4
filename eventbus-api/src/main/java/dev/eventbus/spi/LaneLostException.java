package dev.eventbus.spi;

/** A commit came from a member that no longer owns the lane; nothing was written. */
public final class LaneLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says who shut it out. */
  public LaneLostException(String message) {
    super(message);
  }
}
