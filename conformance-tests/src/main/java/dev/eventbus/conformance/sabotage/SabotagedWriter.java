package dev.eventbus.conformance.sabotage;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A writer of events that keeps no order, or does not say that it tries again. */
final class SabotagedWriter implements TopicWriter {

  /** Like a client library, which tries again by itself while later publishes go on. */
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

  private final TopicWriter writer;
  private final Saboteur saboteur;
  private final String publisher = "saboteur-" + UUID.randomUUID();
  private final AtomicLong names = new AtomicLong();

  SabotagedWriter(TopicWriter writer, Saboteur saboteur) {
    this.writer = writer;
    this.saboteur = saboteur;
  }

  @Override
  public int lanes() {
    return writer.lanes();
  }

  @Override
  public Ordering ordering() {
    return saboteur == Saboteur.PIPELINES_KEYS ? Ordering.PIPELINED : writer.ordering();
  }

  @Override
  public long sizeOf(Event event) {
    return writer.sizeOf(event);
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    return switch (saboteur) {
      case RENAMES_RETRIES -> writer.append(renamed(append));
      case PIPELINES_KEYS ->
        writer.append(append).exceptionallyComposeAsync(lost -> writer.append(append), LATER);
      default -> writer.append(append);
    };
  }

  private Append renamed(Append append) {
    var name = new MessageId.Sequential(publisher, names.incrementAndGet());
    return new Append(append.lane(), append.event(), name, append.delay());
  }
}
