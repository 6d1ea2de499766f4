package dev.eventbus.conformance.sabotage;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A writer that does not hold events back as it should. */
record SabotagedDelays(TopicWriter writer, Saboteur saboteur) implements TopicWriter {

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
    if (append.delay().isZero()) {
      return writer.append(append);
    }
    return switch (saboteur) {
      case FORGETS_DELAYED -> CompletableFuture.completedFuture(Position.of(1));
      case HALVES_DELAYS ->
        writer.append(new Append(
            append.lane(), append.event(), append.id(), append.delay().dividedBy(2)));
      default -> writer.append(append);
    };
  }
}
