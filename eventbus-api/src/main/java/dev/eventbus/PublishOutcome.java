package dev.eventbus;

/** What became of one event of {@link EventBus#publishAll} (P8). */
public sealed interface PublishOutcome {

  /** The broker has confirmed it. */
  record Stored(Published published) implements PublishOutcome {}

  /**
   * It failed.
   *
   * @param event the event as it was given
   * @param cause a {@link PublishException}, or what was wrong with the event
   */
  record Failed(Event event, EventBusException cause) implements PublishOutcome {}
}
