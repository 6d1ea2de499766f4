package dev.eventbus;

/** Thrown by a handler: no further attempt, the event is exhausted at once (R4). */
public final class RejectEvent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason goes into the dead letter. */
  public RejectEvent(String reason) {
    super(reason);
  }

  /** The reason and the class of the cause go into the dead letter. */
  public RejectEvent(String reason, Throwable cause) {
    super(reason, cause);
  }
}
