package dev.eventbus.benchmarks.nats;

import dev.eventbus.EventBus;
import dev.eventbus.Settings;
import dev.eventbus.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What subscriptions cost that have nothing to do, each to a topic of its own. */
final class IdleMeasure {

  private static final Pattern MEMORY = Pattern.compile("\"mem\": *(\\d+)");
  private static final int COLLECTIONS = 4;

  private final Rig rig;

  IdleMeasure(Rig rig) {
    this.rig = rig;
  }

  /** What was used at one time, in bytes and threads. */
  private record Use(long heap, int threads, long server) {}

  void run(int... counts) throws IOException, InterruptedException {
    List<Subscription> subscriptions = new ArrayList<>();
    try (EventBus bus = EventBus.connect(Settings.of(rig.settings()))) {
      bus.subscribe("idle-first", "group", delivery -> {}).close();
      Use none = use();
      System.out.printf("idle: no subscription: %d threads%n", none.threads());
      for (int count : counts) {
        while (subscriptions.size() < count) {
          subscriptions.add(bus.subscribe("idle-" + subscriptions.size(), "group", delivery -> {}));
        }
        Use use = use();
        System.out.printf(
            "idle: %3d subscriptions: %4d KB of heap each, %d threads, server %4d KB each%n",
            count,
            (use.heap() - none.heap()) / count / 1024,
            use.threads(),
            (use.server() - none.server()) / count / 1024);
      }
      subscriptions.forEach(Subscription::close);
    }
  }

  private Use use() throws IOException, InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(500); // the idle threads of pools go, and the server's own collector runs
    }
    Runtime runtime = Runtime.getRuntime();
    long server = 0;
    for (String url : rig.monitoringUrls()) {
      server += memory(url);
    }
    return new Use(
        runtime.totalMemory() - runtime.freeMemory(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        server);
  }

  private static long memory(String url) throws IOException {
    try (InputStream body = URI.create(url + "/varz").toURL().openStream()) {
      Matcher matcher = MEMORY.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
  }
}
