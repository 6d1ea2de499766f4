package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryTail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The history of a workload while it is being written. Used by one thread. */
public final class LiveHistory {

  private final HistoryTail tail;
  private final List<HistoryEvent> lines = new ArrayList<>();
  private final SettleCount settles = new SettleCount();

  LiveHistory(Path directory) {
    this.tail = new HistoryTail(directory);
  }

  /** Reads on; answers whether there was anything new. */
  public boolean refresh() {
    List<HistoryEvent> more = tail.readOn();
    lines.addAll(more);
    more.forEach(settles::add);
    return !more.isEmpty();
  }

  /** All lines so far, in the order in which they were read. */
  public Stream<HistoryEvent> lines() {
    return lines.stream();
  }

  /** How many lines of a kind meet a condition. */
  public <T extends HistoryEvent> long count(Class<T> kind, Predicate<T> condition) {
    return lines.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(condition)
        .count();
  }

  /** Stored events that a group has not settled, over all groups. */
  public int unsettled() {
    return settles.unsettled();
  }

  /** Events that were settled in a group, over all groups. */
  public int settled() {
    return settles.settled();
  }
}
