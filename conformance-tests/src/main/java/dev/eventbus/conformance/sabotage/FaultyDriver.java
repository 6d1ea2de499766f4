package dev.eventbus.conformance.sabotage;

import dev.eventbus.DeadLetterTopic;
import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.conformance.sabotage.FaultyProvider.Fault;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.AppendException;
import dev.eventbus.spi.AppendException.Remedy;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.Position;
import dev.eventbus.spi.TopicRequest;
import dev.eventbus.spi.TopicWriter;
import dev.eventbus.spi.TopicWriter.Ordering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A driver whose broker takes no events, or no dead letters, for a while. */
final class FaultyDriver extends DelegatingDriver {

  private static final long PATIENCE_MILLIS = 200;

  private final Fault fault;
  private final Path lasting;

  FaultyDriver(Driver driver, Fault fault, Path lasting) {
    super(driver);
    this.fault = fault;
    this.lasting = lasting;
  }

  @Override
  public CompletionStage<TopicWriter> writer(TopicRequest topic) {
    boolean forLetters = DeadLetterTopic.parse(topic.name()).isPresent();
    CompletionStage<TopicWriter> honest = super.writer(topic);
    return forLetters == (fault == Fault.REFUSES_DEAD_LETTERS)
        ? honest.thenApply(Faulty::new)
        : honest;
  }

  private CompletionStage<Position> fail(Ordering ordering) {
    return switch (fault) {
      case REFUSES_DEAD_LETTERS -> refusal(Remedy.RETRY);
      case REFUSES_EVENTS -> refusal(Remedy.NONE);
      case IGNORES_EVENTS -> silence(ordering);
    };
  }

  /** A client that keeps the order may be silent for good; another gives up, or its key would wait. */
  private static CompletionStage<Position> silence(Ordering ordering) {
    var unanswered = new CompletableFuture<Position>();
    return ordering == Ordering.PIPELINED
        ? unanswered
        : unanswered
            .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
            .exceptionallyCompose(late -> CompletableFuture.failedFuture(new AppendException(
                Outcome.UNKNOWN, Remedy.RETRY, "the kit does not answer", late)));
  }

  private static CompletionStage<Position> refusal(Remedy remedy) {
    return CompletableFuture.failedFuture(
        new AppendException(Outcome.NOT_STORED, remedy, "the kit refuses it", null));
  }

  private final class Faulty implements TopicWriter {

    private final TopicWriter writer;

    Faulty(TopicWriter writer) {
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
      return Files.exists(lasting) ? fail(ordering()) : writer.append(append);
    }
  }
}
