package dev.eventbus.conformance.sabotage;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A writer of dead letters that does not do what it says. */
final class SabotagedDeadLetters implements TopicWriter {

  private final TopicWriter writer;
  private final Saboteur saboteur;
  private final AtomicLong copies = new AtomicLong();

  SabotagedDeadLetters(TopicWriter writer, Saboteur saboteur) {
    this.writer = writer;
    this.saboteur = saboteur;
  }

  @Override
  public int lanes() {
    return writer.lanes();
  }

  @Override
  public Ordering ordering() {
    return writer.ordering();
  }

  @Override
  public long sizeOf(Event event) {
    return writer.sizeOf(event);
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    return switch (saboteur) {
      case DROPS_DEAD_LETTERS -> CompletableFuture.completedFuture(Position.of(1));
      case CHANGES_DEAD_LETTERS ->
        writer.append(new Append(
            append.lane(), append.event().toBuilder().payload("changed").build(), append.id()));
      case STORES_DEAD_LETTERS_TWICE -> {
        var copy = new MessageId.Sequential("saboteur" + hashCode(), copies.incrementAndGet());
        yield writer
            .append(append)
            .thenCompose(first -> writer.append(new Append(append.lane(), append.event(), copy)));
      }
      default -> writer.append(append);
    };
  }
}
