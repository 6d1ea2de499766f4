package dev.eventbus.cli.demo;

import dev.eventbus.EventBus;
import dev.eventbus.LaneLag;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.cli.CommandException;
import dev.eventbus.cli.DriverSelection;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryReader;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.spi.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One demo, from the first member's start to the verdict. Used once, by one thread, but for {@link
 * #abandon}.
 */
final class DemoRun implements AutoCloseable {

  private static final String CONDUCTOR = "conductor";
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(15);
  private static final int SLOWEST_PER_SECOND = 200;

  private final DemoPlan plan;
  private final DemoTopic topic;
  private final DemoPlace place;
  private final DemoView view;
  private final Progress progress;
  private final HistoryTail tail;
  private final HistoryWriter history;
  private final Recorder recorder;
  private final Members members;
  private final CountDownLatch abandoned = new CountDownLatch(1);
  private final long start = System.nanoTime();

  DemoRun(DemoPlan plan, DemoTopic topic, DemoPlace place, DemoView view) throws IOException {
    this.plan = plan;
    this.topic = topic;
    this.place = place;
    this.view = view;
    this.progress = new Progress(plan);
    this.tail = new HistoryTail(place.directory());
    this.history = new HistoryWriter(place.directory().resolve(CONDUCTOR + ".jsonl"));
    this.recorder = new Recorder(CONDUCTOR, history);
    this.members = new Members(place.directory(), topic, plan, place.environment(), recorder);
  }

  /** Runs it and judges what was recorded. */
  DemoVerdict run() throws IOException, InterruptedException {
    try (EventBus bus = EventBus.connect(place.settings());
        Driver driver = DriverSelection.open(place.settings())) {
      var reader = new DeadLetterReader(topic, recorder);
      bus.subscribe(
          topic.deadLetters(), DeadLetterReader.GROUP, reader, SubscribeOptions.defaults());
      members.start();
      if (follow(START_LIMIT, "the members did not start", this::allUp)) {
        publishAndHarm(bus, driver);
      }
      members.end(END_LIMIT);
    } finally {
      members.abandon();
    }
    look();
    view.end();
    return DemoVerdict.of(plan, HistoryReader.readDirectory(place.directory()));
  }

  /** Ends it from another thread: its processes at once, {@link #run} soon and with an exception. */
  void abandon() {
    abandoned.countDown();
    members.abandon();
  }

  @Override
  public void close() {
    history.close();
  }

  private void publishAndHarm(EventBus bus, Driver driver)
      throws IOException, InterruptedException {
    var publisher = new DemoPublisher(plan, topic, bus, recorder);
    var publishing = new FutureTask<Void>(() -> {
      publisher.run();
      return null;
    });
    var thread = new Thread(publishing, "demo-publisher");
    thread.setDaemon(true);
    thread.start();
    Duration limit = START_LIMIT.plusSeconds(plan.events() / SLOWEST_PER_SECOND);
    String victim = Members.name(plan.victim());
    follow(
        limit,
        "the kill had no occasion",
        () -> progress.settled() >= plan.killAfter() && progress.isUp(victim));
    members.kill(plan.victim());
    publisher.killed();
    follow(limit, "not all events were settled", () -> allSettled() && lag(driver) == 0);
    thread.interrupt();
  }

  private boolean allUp() {
    boolean up = true;
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      up &= progress.isUp(Members.name(member));
    }
    return up;
  }

  private boolean allSettled() {
    return progress.allAnswered()
        && progress.settled() >= progress.published()
        && progress.deadLettersSeen() > 0;
  }

  private long lag(Driver driver) {
    return driver.admin().lag(topic.name(), DemoTopic.GROUP).stream()
        .mapToLong(LaneLag::events)
        .sum();
  }

  /** Looks, and restarts the dead, until it is so; false and a record of it after the limit. */
  private boolean follow(Duration limit, String otherwise, BooleanSupplier until)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    look();
    while (!until.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        recorder.add(at -> new HistoryEvent.GaveUp(at, otherwise));
        return false;
      }
      if (abandoned.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandException("interrupted");
      }
      members.restartDead();
      look();
    }
    return true;
  }

  private void look() throws IOException {
    double seconds = (System.nanoTime() - start) / 1e9;
    tail.read(line -> {
      String fault = progress.take(line);
      if (fault != null) {
        double at = (line.path("nanos").asLong() - start) / 1e9;
        view.fault(at, fault);
      }
    });
    view.progress(seconds, progress);
  }
}
