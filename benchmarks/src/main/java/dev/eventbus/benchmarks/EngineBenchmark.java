package dev.eventbus.benchmarks;

import dev.eventbus.ConnectOptions;
import dev.eventbus.Delivery;
import dev.eventbus.Event;
import dev.eventbus.EventBus;
import dev.eventbus.engine.BusFactory;
import java.util.ArrayList;
import java.util.List;
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
 * The engine alone over a driver without a broker: from arrival to settle, an operation is an event.
 * Run it with {@code -prof gc} for the bytes; 56 of them are the driver's own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class EngineBenchmark {

  private static final int EVENTS = 100_000;
  private static final int KEYS = 1_000;

  /** Whether events have one of a thousand keys, or none. */
  public enum Keys {
    /** A thousand. */
    KEYED,
    /** None. */
    UNKEYED
  }

  /** Lanes of the topic, all owned by one member. */
  @Param({"1", "8"})
  public int lanes;

  /** Whether events have keys. */
  @Param({"KEYED", "UNKEYED"})
  public Keys keys;

  private final AtomicLong handled = new AtomicLong();
  private final Semaphore done = new Semaphore(0);
  private long target;
  private NullDriver driver;
  private EventBus bus;

  /** Subscribes. */
  @Setup
  public void open() {
    driver = new NullDriver(lanes, events());
    var options = ConnectOptions.defaults();
    bus = BusFactory.over(driver, BusFactory.liveRuntime(options), options);
    bus.subscribe("bench", "group", this::handle);
  }

  private List<Event> events() {
    var events = new ArrayList<Event>();
    for (int i = 0; i < KEYS * 4; i++) {
      var event = Event.builder().payload(new byte[100]);
      if (keys == Keys.KEYED) {
        event.key("key-" + i % KEYS);
      }
      events.add(event.build());
    }
    return events;
  }

  private void handle(Delivery delivery) {
    if (handled.incrementAndGet() == target) {
      done.release();
    }
  }

  /** Delivers and handles a hundred thousand events. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void deliver() throws InterruptedException {
    target = handled.get() + EVENTS;
    driver.feed(EVENTS);
    done.acquire();
  }

  /** Closes. */
  @TearDown
  public void close() {
    bus.close();
  }
}
