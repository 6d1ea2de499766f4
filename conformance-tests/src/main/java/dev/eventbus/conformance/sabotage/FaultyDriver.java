package dev.eventbus.conformance.sabotage;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A driver whose broker refuses dead letters for a while. */
final class FaultyDriver extends DelegatingDriver {

  private final Path refusing;

  FaultyDriver(Driver driver, Path refusing) {
    super(driver);
    this.refusing = refusing;
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    CompletionStage<TopicWriter> honest = super.writer(topic);
    return DeadLetterTopic.parse(topic.name()).isPresent()
        ? honest.thenApply(Refusing::new)
        : honest;
  }

  private final class Refusing implements TopicWriter {

    private final TopicWriter writer;

    Refusing(TopicWriter writer) {
      this.writer = writer;
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
      return Files.exists(refusing)
          ? CompletableFuture.failedFuture(new AppendException(
              Outcome.NOT_STORED,
              AppendException.Remedy.RETRY,
              "the kit refuses dead letters",
              null))
          : writer.append(append);
    }
  }
}
