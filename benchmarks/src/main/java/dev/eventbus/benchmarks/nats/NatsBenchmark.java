package dev.eventbus.benchmarks.nats;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the bus on real nats-servers, and the plain client doing the same in turn; see
 * docs/performance.md. Arguments: which parts (all), of {@code publish consume latency idle takeover},
 * and {@code rounds=} (5), one more of which goes first and is not counted.
 */
public final class NatsBenchmark {

  private static final int LARGE = 1_024;
  private static final int EVENTS = 60_000;
  private static final int KILLS = 10;
  private static final int BLOCKS = 4;
  private static final String ROUNDS = "rounds=";

  private final List<String> parts;
  private final int rounds;

  private NatsBenchmark(List<String> parts, int rounds) {
    this.parts = parts;
    this.rounds = rounds;
  }

  /** Runs the parts that are named, or all. */
  public static void main(String[] args)
      throws IOException, InterruptedException, JetStreamApiException {
    List<String> parts =
        Arrays.stream(args).filter(arg -> !arg.startsWith(ROUNDS)).toList();
    int rounds = Arrays.stream(args)
        .filter(arg -> arg.startsWith(ROUNDS))
        .mapToInt(arg -> Integer.parseInt(arg.substring(ROUNDS.length())))
        .findFirst()
        .orElse(5);
    var benchmark = new NatsBenchmark(parts, rounds);
    benchmark.run();
  }

  private void run() throws IOException, InterruptedException, JetStreamApiException {
    if (has("publish") || has("consume")) {
      throughput(1);
      throughput(3);
    }
    if (has("latency")) {
      latency();
    }
    if (has("idle")) {
      try (Rig rig = Rig.start(1)) {
        new IdleMeasure(rig).run(1, 10, 100);
      }
    }
    if (has("takeover")) {
      try (Rig rig = Rig.start(1)) {
        takeover(rig, Duration.ofSeconds(2));
        takeover(rig, Duration.ofSeconds(5));
      }
    }
  }

  private boolean has(String part) {
    return parts.isEmpty() || parts.contains(part);
  }

  private void throughput(int nodes)
      throws IOException, InterruptedException, JetStreamApiException {
    try (Rig rig = Rig.start(nodes)) {
      for (int payload : new int[] {100, LARGE}) {
        int events = EVENTS;
        String what = "R" + nodes + ", " + payload + " B";
        if (has("publish")) {
          publish(new PublishMeasure(rig, events, payload), what);
        }
        if (has("consume")) {
          consume(new ConsumeMeasure(rig, events, payload), what);
        }
      }
    }
  }

  private void publish(PublishMeasure measure, String what)
      throws IOException, JetStreamApiException {
    var bus = new Rate.Many();
    var ordered = new Rate.Many();
    var pipelined = new Rate.Many();
    var ratio = new Series();
    for (int round = 0; round <= rounds; round++) {
      Rate raw = measure.rawOrdered();
      Rate ours = measure.bus();
      Rate free = measure.rawPipelined();
      if (round > 0) {
        ordered.add(raw);
        bus.add(ours);
        pipelined.add(free);
        ratio.add(ours.perSecond() / raw.perSecond());
      }
    }
    System.out.printf("publish %s: ratio %s%n", what, ratio.text("%.2f"));
    System.out.printf("  bus %s%n  raw %s%n  raw without order %s%n", bus, ordered, pipelined);
  }

  private void consume(ConsumeMeasure measure, String what)
      throws IOException, InterruptedException, JetStreamApiException {
    var bus = new Rate.Many();
    var plain = new Rate.Many();
    var ratio = new Series();
    for (int round = 0; round <= rounds; round++) {
      Rate raw = measure.raw();
      Rate ours = measure.bus();
      if (round > 0) {
        plain.add(raw);
        bus.add(ours);
        ratio.add(ours.perSecond() / raw.perSecond());
      }
    }
    System.out.printf("consume %s: ratio %s%n", what, ratio.text("%.2f"));
    System.out.printf("  bus %s%n  raw %s%n", bus, plain);
  }

  private void latency() throws IOException, InterruptedException, JetStreamApiException {
    try (Rig rig = Rig.start(1)) {
      var bus = new Series();
      var raw = new Series();
      new LatencyMeasure(rig).run(BLOCKS, bus, raw);
      latency("bus", bus);
      latency("raw", raw);
      System.out.printf("latency: the bus adds %.0f us (p50)%n", bus.median() - raw.median());
    }
  }

  private static void latency(String who, Series series) {
    System.out.printf(
        "latency %s: p50 %.0f us, p99 %.0f us%n", who, series.median(), series.quantile(0.99));
  }

  private static void takeover(Rig rig, Duration lease)
      throws IOException, InterruptedException, JetStreamApiException {
    var first = new Series();
    var last = new Series();
    new TakeoverMeasure(rig, lease).run(KILLS, first, last);
    System.out.printf(
        "takeover, lease %d s, %d kills: first lane %s s, last lane %s s%n",
        lease.toSeconds(), KILLS, first.text("%.2f"), last.text("%.2f"));
  }
}
