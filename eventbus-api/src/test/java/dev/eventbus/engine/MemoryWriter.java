package dev.eventbus.engine;

import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A log in memory. Each append stays with it until the test answers it; a message id that is stored
 * already is not stored again.
 */
final class MemoryWriter implements TopicWriter {

  /** An append that the engine has handed over and that is not answered yet. */
  record Open(Append append, CompletableFuture<Position> answer) {
    String id() {
      return append.event().id();
    }
  }

  static final int LANES = 4;

  final List<Event> log = new ArrayList<>();
  final List<Open> open = new ArrayList<>();
  final List<Append> received = new ArrayList<>();
  private final Map<MessageId, Position> stored = new HashMap<>();
  private final Ordering ordering;
  private boolean answersAtOnce;

  MemoryWriter(Ordering ordering) {
    this.ordering = ordering;
  }

  /** Stores each further append while it is handed over. */
  MemoryWriter answeringAtOnce() {
    answersAtOnce = true;
    return this;
  }

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public Ordering ordering() {
    return ordering;
  }

  @Override
  public long sizeOf(Event event) {
    return event.payload().length;
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    var handed = new Open(append, new CompletableFuture<>());
    received.add(append);
    open.add(handed);
    if (answersAtOnce) {
      store(handed);
    }
    return handed.answer();
  }

  /** Stores it and says so. */
  void store(Open one) {
    open.remove(one);
    one.answer().complete(write(one));
  }

  /** Stores it and loses the confirmation. */
  void storeUnconfirmed(Open one, Remedy remedy) {
    write(one);
    refuse(one, Outcome.UNKNOWN, remedy);
  }

  void refuse(Open one, Outcome outcome, Remedy remedy) {
    open.remove(one);
    one.answer().completeExceptionally(new AppendException(outcome, remedy, "no leader", null));
  }

  void storeFirst() {
    store(open.get(0));
  }

  void refuseFirst(Outcome outcome, Remedy remedy) {
    refuse(open.get(0), outcome, remedy);
  }

  private Position write(Open one) {
    return stored.computeIfAbsent(one.append().id(), unused -> {
      log.add(one.append().event());
      return Position.of(log.size());
    });
  }

  List<String> openIds() {
    return open.stream().map(Open::id).toList();
  }

  List<String> storedIds() {
    return log.stream().map(Event::id).toList();
  }
}
