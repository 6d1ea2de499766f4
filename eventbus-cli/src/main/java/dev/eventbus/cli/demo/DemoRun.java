package dev.eventbus.cli.demo;

import dev.eventbus.EventBus;
import dev.eventbus.LaneLag;
import dev.eventbus.Settings;
import dev.eventbus.cli.CommandException;
import dev.eventbus.cli.DriverSelection;
import dev.eventbus.conformance.history.HistoryEvent;
import dev.eventbus.conformance.history.HistoryReader;
import dev.eventbus.conformance.history.HistoryTail;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.member.DeadLetterReader;
import dev.eventbus.conformance.member.RecordingPublisher;
import dev.eventbus.spi.Driver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One demo, from the first member's start to the verdict. Used once, by one thread, but for {@link
 * #abandon}.
 */
final class DemoRun implements AutoCloseable {

  private static final String CONDUCTOR = "conductor";
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SLOWEST_PER_SECOND = 200;

  private final DemoPlan plan;
  private final DemoTopic topic;
  private final DemoPlace place;
  private final DemoView view;
  private final Progress progress;
  private final HistoryTail tail;
  private final HistoryWriter history;
  private final Recorder recorder;
  private final @Nullable LeaderKill leaderKill;
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
    this.leaderKill = plan.leader() == DemoPlan.Leader.KILLED
        ? new LeaderKill(place.ownServers(), topic, recorder)
        : null;
  }

  /** Runs it and judges what was recorded. */
  DemoVerdict run() throws IOException, InterruptedException, ExecutionException {
    var settings = Settings.of(place.settings());
    try (EventBus bus = EventBus.connect(settings);
        Driver driver = DriverSelection.open(settings);
        var letters = new DeadLetterReader(bus, topic.deadLetters(), recorder);
        var members = new Members(place, topic, recorder)) {
      members.start();
      if (follow(members, "the members did not start", this::allUp)) {
        harm(members, new RecordingPublisher(bus, topic.name(), recorder));
        follow(members, "not all events were settled", () -> allSettled() && lag(driver) == 0);
        follow(members, "the dead letters were not read", letters::atEnd);
      }
      members.end();
    }
    look();
    view.end();
    return DemoVerdict.of(plan, HistoryReader.readDirectory(place.directory()));
  }

  /** Ends it from another thread: {@link #run} fails soon. */
  void abandon() {
    abandoned.countDown();
  }

  @Override
  public void close() {
    history.close();
  }

  /** Publishes everything, and kills a member in the middle of it, and perhaps a leader. */
  private void harm(Members members, RecordingPublisher publisher)
      throws IOException, InterruptedException, ExecutionException {
    var publishing = new DemoPublisher(plan, publisher);
    var published = inBackground("demo-publisher", publishing);
    String victim = Members.name(plan.victim());
    follow(
        members,
        "there was no time to kill",
        () -> progress.settled() >= plan.killAfter() && progress.isUp(victim));
    members.kill(plan.victim());
    publishing.memberKilled();
    if (leaderKill != null) {
      killLeader(members, leaderKill, publishing);
    }
    publishing.leaderKilled();
    follow(members, "not all events were published", published::isDone);
    if (published.isDone()) {
      published.get();
    }
  }

  /** Kills the broker's leader, and starts it again while publishers and members go on. */
  private void killLeader(Members members, LeaderKill kill, DemoPublisher publishing)
      throws IOException, InterruptedException, ExecutionException {
    follow(
        members,
        "there was no time to kill the broker's leader",
        () -> progress.settled() >= plan.leaderKillAfter());
    if (follow(members, "no node of the broker led the topic", kill::kill)) {
      publishing.leaderKilled();
      follow(members, "the outage took no time", kill::isOver);
      var back = inBackground("demo-restart", kill::restart);
      if (follow(members, "the broker's node did not come back", back::isDone)) {
        back.get();
      }
    }
  }

  private static FutureTask<@Nullable Void> inBackground(
      String name, Callable<@Nullable Void> work) {
    var task = new FutureTask<>(work);
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private boolean allUp() {
    boolean up = true;
    for (int member = 0; member < DemoPlan.MEMBERS; member++) {
      up &= progress.isUp(Members.name(member));
    }
    return up;
  }

  private boolean allSettled() {
    return progress.allSettled() && progress.deadLettersSeen() > 0;
  }

  private long lag(Driver driver) {
    return driver.admin().lag(topic.name(), DemoTopic.GROUP).stream()
        .mapToLong(LaneLag::events)
        .sum();
  }

  /** Looks, and restarts the dead, until it is so; false and a record of it when it takes long. */
  private boolean follow(Members members, String otherwise, BooleanSupplier until)
      throws IOException, InterruptedException {
    Duration limit = PATIENCE.plusSeconds(plan.events() / SLOWEST_PER_SECOND);
    long end = System.nanoTime() + limit.toNanos();
    look();
    while (!until.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        recorder.add(at -> new HistoryEvent.GaveUp(at, otherwise));
        return false;
      }
      if (abandoned.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandException("the demo was interrupted");
      }
      members.restartDead();
      look();
    }
    return true;
  }

  private void look() {
    for (HistoryEvent line : tail.readOn()) {
      String fault = progress.take(line);
      if (fault != null) {
        view.fault((line.at().nanos() - start) / 1e9, fault);
      }
    }
    view.progress((System.nanoTime() - start) / 1e9, progress);
  }
}
