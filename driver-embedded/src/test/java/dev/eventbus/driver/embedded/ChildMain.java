package dev.eventbus.driver.embedded;

import dev.eventbus.Event;
import dev.eventbus.spi.Append;
import dev.eventbus.spi.Driver;
import dev.eventbus.spi.JoinRequest;
import dev.eventbus.spi.Lane;
import dev.eventbus.spi.LaneEvent;
import dev.eventbus.spi.LaneStart;
import dev.eventbus.spi.MessageId;
import dev.eventbus.spi.TopicWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A process of its own, which says on its standard output what happens. */
final class ChildMain {

  private static final PrintStream OUT = System.out;

  private ChildMain() {}

  public static void main(String[] args) throws IOException {
    if (args[0].equals("lock")) {
      holdLock(Path.of(args[1]));
      return;
    }
    Driver driver = Drivers.open(Path.of(args[1]));
    switch (args[0]) {
      case "publish" -> publish(driver, args[2]);
      case "ephemeral" -> join(driver, Drivers.ephemeral("orders", 8, args[2], lease(args[3])));
      default -> join(driver, withLease(Drivers.join("orders", 8, args[2]), lease(args[3])));
    }
    say("ready");
    // Ends with the parent, or by its word.
    int word = System.in.read();
    if (word != 'q') {
      Runtime.getRuntime().halt(1);
    }
    driver.close();
    say("closed");
  }

  /** Takes the write lock and keeps it, as a process does that is stopped in a commit. */
  private static void holdLock(Path file) throws IOException {
    var lock = new WriteLock(file.resolveSibling(file.getFileName() + ".wlock"));
    if (lock.lock(() -> false)) {
      say("locked");
    }
    int word = System.in.read();
    Runtime.getRuntime().halt(word);
  }

  private static Duration lease(String millis) {
    return Duration.ofMillis(Long.parseLong(millis));
  }

  private static JoinRequest withLease(JoinRequest request, Duration lease) {
    return new JoinRequest(
        request.topic(), request.group(), request.kind(), request.start(), lease);
  }

  private static void say(String what) {
    synchronized (OUT) {
      OUT.println(what);
      OUT.flush();
    }
  }

  /** Publishes without end: up to 100 events wait, each is told when it is stored. */
  private static void publish(Driver driver, String name) {
    TopicWriter writer = Drivers.writer(driver, "orders", 8);
    var room = new Semaphore(100);
    var thread = new Thread(() -> {
      for (int i = 0; true; i++) {
        room.acquireUninterruptibly();
        String text = name + "-" + i;
        var event = Event.builder().payload(text).build();
        writer
            .append(new Append(i % 8, event, new MessageId.Sequential(name, i)))
            .whenComplete((position, failure) -> {
              say(failure == null ? "acked " + text : "failed " + failure);
              room.release();
            });
      }
    });
    thread.setDaemon(true);
    thread.start();
  }

  private static void join(Driver driver, JoinRequest request) {
    driver.join(request, new Recorder() {
      @Override
      public void granted(Lane lane, LaneStart start) {
        say("granted " + lane.number() + " " + lane.fence());
        super.granted(lane, start);
      }

      @Override
      public void lost(Lane lane, String why) {
        say("lost " + lane.number() + " " + lane.fence());
        super.lost(lane, why);
      }

      @Override
      public void arrived(Lane lane, List<LaneEvent> batch) {
        super.arrived(lane, batch);
        for (LaneEvent event : batch) {
          String text =
              event instanceof LaneEvent.Decoded decoded ? decoded.event().text() : "?";
          say("arrived " + lane.number() + " " + lane.fence() + " " + text);
        }
        lane.commit(progress(lane.number()));
      }
    });
  }
}
