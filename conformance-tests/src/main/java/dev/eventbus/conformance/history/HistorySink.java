package dev.eventbus.conformance.history;

/** Takes history events as they happen. Thread-safe. */
@FunctionalInterface
public interface HistorySink {

  /** Keeps the event; once this has returned it outlives the process. */
  void add(HistoryEvent event);
}
