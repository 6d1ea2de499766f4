package dev.eventbus.conformance.member;

import dev.eventbus.EventBus;
import dev.eventbus.PublishOptions;
import dev.eventbus.Settings;
import dev.eventbus.conformance.history.HistoryWriter;
import dev.eventbus.conformance.history.Recorder;
import dev.eventbus.conformance.sabotage.KitBus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes as a process of its own until it is killed or its parent is gone: as fast as it may, or
 * with a pause of {@link MemberSpec#work()} after each publish.
 */
public final class PublisherMain {

  /** The setting that says how long each event is held back (P9). */
  public static final String DELIVER_AFTER = "KIT_DELIVER_AFTER";

  private static final int KEYS = 10;
  private static final int LOOK_EVERY = 50;

  private PublisherMain() {}

  /** Publishes to the topic of the specification file. */
  @SuppressWarnings("FutureReturnValueIgnored") // the publisher writes down what becomes of each
  public static void main(String[] args) throws IOException {
    MemberSpec spec = MemberSpecFile.read(Path.of(args[0]));
    Settings settings = Settings.of(spec.settings());
    try (var history = new HistoryWriter(spec.history());
        EventBus bus = KitBus.connect(settings)) {
      var recorder = new Recorder(spec.name(), history);
      var publisher = new RecordingPublisher(bus, spec.topic(), options(settings), recorder);
      System.out.println(MemberMain.READY);
      for (int i = 0; i % LOOK_EVERY != 0 || hasParent(); i++) {
        publisher.publish("k" + i % KEYS, HandlerScript.OK);
        LockSupport.parkNanos(spec.work().toNanos());
      }
    }
  }

  private static PublishOptions options(Settings settings) {
    return PublishOptions.defaults()
        .withDeliverAfter(settings.duration(DELIVER_AFTER, Duration.ZERO));
  }

  private static boolean hasParent() {
    return ProcessHandle.current().parent().map(parent -> parent.pid() > 1).orElse(false);
  }
}
