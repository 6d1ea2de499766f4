package dev.eventbus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eventbus.Event;
import dev.eventbus.PublishException.Outcome;
import dev.eventbus.PublishFailedException;
import dev.eventbus.PublishOptions;
import dev.eventbus.Published;
import dev.eventbus.TopicNameException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublisherTest {

  private final StringWriter err = new StringWriter();

  @Test
  void theSummaryCountsConfirmedEvents() throws Exception {
    var publisher = publisher(event -> FakeBus.stored(), null);

    publisher.run(lines("a\nb\n"));

    assertThat(publisher.allConfirmed()).isTrue();
    assertThat(publisher.summary())
        .matches("2 events published to t in \\d+\\.\\d\\d s \\(\\d+/s\\)");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyEventIsPublishedWithTheOptions() throws Exception {
    var bus = new FakeBus(event -> FakeBus.stored());
    var options = PublishOptions.defaults().withDeliverAfter(Duration.ofSeconds(5));

    new Publisher(bus, "t", options, new PrintWriter(err, true), null).run(lines("a\nb\n"));

    assertThat(bus.options).containsExactly(options, options);
  }

  @Test
  void aFailedLineIsToldAndTheOthersGoOn() throws Exception {
    var publisher = publisher(
        event -> switch (event.text()) {
          case "b" -> failed(Outcome.NOT_STORED);
          case "c" -> failed(Outcome.UNKNOWN);
          default -> FakeBus.stored();
        },
        null);

    publisher.run(lines("a\nb\nc\nd\n"));

    assertThat(publisher.allConfirmed()).isFalse();
    assertThat(publisher.summary()).endsWith(", 1 failed, 1 perhaps stored").startsWith("2 events");
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: line 2: ").contains("not stored"),
            line -> assertThat(line).startsWith("error: line 3: ").contains("perhaps stored"));
  }

  @Test
  void aLineThatIsNoEventIsToldAndTheOthersGoOn() throws Exception {
    var publisher = publisher(event -> FakeBus.stored(), null);
    var json = new ByteLines(new ByteArrayInputStream("{\n{\"payload\":\"x\"}\n".getBytes(UTF_8)));

    publisher.run(new JsonInput(json, new EventTemplate()));

    assertThat(publisher.summary()).startsWith("1 event published").endsWith(", 1 failed");
    assertThat(err.toString()).startsWith("error: line 1: not JSON");
  }

  @Test
  void anIllegalTopicEndsItAtOnce() {
    var publisher = publisher(
        event -> {
          throw new TopicNameException("The topic is illegal.");
        },
        null);

    assertThatThrownBy(() -> publisher.run(lines("a\nb\n"))).isInstanceOf(TopicNameException.class);
    assertThat(publisher.allConfirmed()).isTrue();
  }

  @Test
  void aRateSpacesTheEvents() throws Exception {
    long start = System.nanoTime();

    publisher(event -> FakeBus.stored(), new Rate(100)).run(lines("a\nb\nc\nd\ne\nf\n"));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void anInterruptWaitsForAnswersAlsoWhileTheInputBlocks() throws Exception {
    var answer = new CompletableFuture<Published>();
    var publisher = publisher(event -> answer, null);
    var input = new BlockingInput();
    var running = start(() -> publisher.run(input));
    assertThat(input.blocks.await(10, TimeUnit.SECONDS)).isTrue();

    var interrupting = start(publisher::interrupt);
    answer.complete(new Published("t", 0, "1"));
    interrupting.get(10, TimeUnit.SECONDS);

    assertThat(publisher.interrupted()).isTrue();
    assertThat(publisher.summary()).startsWith("1 event published");
    assertThat(running.isDone()).isFalse();
  }

  private Publisher publisher(Function<Event, CompletableFuture<Published>> answer, Rate rate) {
    return new Publisher(
        new FakeBus(answer), "t", PublishOptions.defaults(), new PrintWriter(err, true), rate);
  }

  private static CompletableFuture<Published> failed(Outcome outcome) {
    return CompletableFuture.failedFuture(
        new PublishFailedException("t", outcome, "the broker said no.", null));
  }

  private static Input lines(String text) {
    return new LineInput(
        new ByteLines(new ByteArrayInputStream(text.getBytes(UTF_8))), new EventTemplate());
  }

  private static FutureTask<Void> start(Work work) {
    var task = new FutureTask<Void>(() -> {
      work.run();
      return null;
    });
    var thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Has one event and then waits for ever, as a keyboard does. */
  private static final class BlockingInput implements Input {
    final CountDownLatch blocks = new CountDownLatch(1);
    private boolean given;

    @Override
    public Event next() throws IOException {
      if (!given) {
        given = true;
        return Event.of("k", "a");
      }
      blocks.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException end) {
        throw new IOException(end);
      }
      return null;
    }

    @Override
    public String where() {
      return "line 1";
    }
  }

  private interface Work {
    void run() throws Exception;
  }
}
