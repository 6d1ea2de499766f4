package dev.eventbus.benchmarks;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole path on the embedded driver: events published with group commit to a file, delivered,
 * handled and settled, all in one process; an operation is an event.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class EmbeddedBenchmark {

  private static final int EVENTS = 50_000;
  private static final int KEYS = 1_000;

  /** Payload bytes. */
  @Param({"100", "1024"})
  public int payload;

  private final AtomicLong handled = new AtomicLong();
  private final Semaphore done = new Semaphore(0);
  private long target;
  private byte[] bytes;
  private Path folder;
  private EventBus bus;

  /** Opens a new database and subscribes. */
  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("eventbus-benchmark");
    bytes = new byte[payload];
    var settings = Settings.of(Map.of(
        Settings.TYPE,
        "embedded",
        "EVENTBUS_EMBEDDED_FILE",
        folder.resolve("bench.db").toString(),
        "EVENTBUS_EMBEDDED_RETENTION_BYTES",
        "256MiB"));
    bus = EventBus.connect(settings, ConnectOptions.defaults().withMaxPendingPublishes(2_000));
    bus.subscribe("bench", "group", this::handle);
  }

  private void handle(Delivery delivery) {
    if (handled.incrementAndGet() == target) {
      done.release();
    }
  }

  /** Publishes and handles fifty thousand events. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void publishAndHandle() throws InterruptedException {
    target = handled.get() + EVENTS;
    for (int i = 0; i < EVENTS; i++) {
      var unused = bus.publish("bench", Event.of("key-" + i % KEYS, bytes));
    }
    done.acquire();
  }

  /** Closes and removes the database. */
  @TearDown
  public void close() throws IOException {
    bus.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
