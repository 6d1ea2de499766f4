package dev.eventbus;

/** The headers that a dead letter has beside those of its original (R3). */
public final class DeadLetterHeaders {

  /** Why: {@code exhausted}, {@code rejected}, {@code crashed} or {@code undecodable}. */
  public static final String REASON = "eventbus-dlq-reason";

  /** The message of the last failure, at most 1000 characters. */
  public static final String MESSAGE = "eventbus-dlq-message";

  /** The class of the last exception; absent when there was none. */
  public static final String EXCEPTION = "eventbus-dlq-exception";

  /** How many attempts were made. */
  public static final String ATTEMPTS = "eventbus-dlq-attempts";

  /** The topic that the event came from. */
  public static final String TOPIC = "eventbus-dlq-topic";

  /** The group that could not handle it. */
  public static final String GROUP = "eventbus-dlq-group";

  /** Lane and position of the original. */
  public static final String POSITION = "eventbus-dlq-position";

  /** When an attempt first failed, as ISO-8601 in UTC. */
  public static final String FIRST_FAILURE = "eventbus-dlq-first-failure";

  /** When an attempt last failed, as ISO-8601 in UTC. */
  public static final String LAST_FAILURE = "eventbus-dlq-last-failure";

  private DeadLetterHeaders() {}
}
