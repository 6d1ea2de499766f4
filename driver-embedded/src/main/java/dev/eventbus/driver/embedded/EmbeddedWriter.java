package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicWriter;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Writes to one topic through the log writer. */
final class EmbeddedWriter implements TopicWriter {

  private final LogWriter log;
  private final List<LaneSlot> slots;

  EmbeddedWriter(LogWriter log, List<LaneSlot> slots) {
    this.log = log;
    this.slots = slots;
  }

  @Override
  public int lanes() {
    return slots.size();
  }

  @Override
  public Ordering ordering() {
    return Ordering.PIPELINED;
  }

  @Override
  public long sizeOf(Event event) {
    return EventCodec.sizeOf(event);
  }

  @Override
  public CompletionStage<Position> append(Append append) {
    return log.append(new PendingAppend(slots.get(append.lane()), append.event(), append.id()));
  }
}
