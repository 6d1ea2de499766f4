package dev.eventbus.cli.demo;

import dev.eventbus.cli.Json;
import dev.eventbus.cli.OnSignal;
import dev.eventbus.cli.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the bus keeps when its members are killed. */
@Command(
    name = "demo",
    description = {
      "Shows what holds when processes die, and proves it from what they recorded.",
      "Two members, each a process, share a topic. One event fails twice, one ends the process of"
          + " every handler that gets it, and one member is killed with -9. The last line is the"
          + " verdict; the exit code is 0 only if it holds.",
      "With COZE_MQ_TYPE=nats and no address it starts a server of its own, and stops it at the end."
    },
    footer = {
      "  eventbus demo",
      "  eventbus demo --events 50000 --keys 1000 --seed 7",
      "  eventbus demo --json --quiet",
      "  COZE_MQ_TYPE=nats eventbus demo --nodes 3 --kill-leader",
      "  COZE_MQ_TYPE=nats NATS_SERVER_URL=nats://localhost:4222 eventbus demo",
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int END_SECONDS = 20;
  private static final int MOST_EVENTS = 1_000_000;

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Events to publish; default ${DEFAULT-VALUE}.")
  private int events;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "200",
      description = "Keys that they take in turn; default ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Draws which events and which member are hit, and when.")
  private @Nullable Long seed;

  @Option(names = "--json", description = "Print the verdict as one JSON object.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show nothing but the verdict.")
  private boolean quiet;

  @Option(names = "--keep", description = "Keep the directory with the histories.")
  private boolean keep;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes of the demo's own broker, 1 or 3; default 1.")
  private @Nullable Integer nodes;

  @Option(
      names = "--kill-leader",
      description =
          "Kill the node of the demo's own broker that leads the topic, and start it" + " again.")
  private boolean killLeader;

  private boolean worthKeeping;

  @Override
  public Integer call() throws Exception {
    DemoPlan plan = plan();
    DemoPlace place = DemoPlace.create(nodes == null ? 1 : nodes, this::tell);
    var ended = new CountDownLatch(1);
    try (var run = new DemoRun(plan, DemoTopic.fresh(), place, view(plan))) {
      announce(plan, place);
      return OnSignal.during(() -> interrupted(run, place, ended), () -> {
        place.keepServersToTheEnd();
        return judged(run.run(), place);
      });
    } finally {
      place.endServers();
      if (worthKeeping) {
        place.deleteSettings();
      } else {
        place.delete();
      }
      ended.countDown();
    }
  }

  private DemoPlan plan() {
    check(
        events >= DemoPlan.FEWEST_EVENTS && events <= MOST_EVENTS,
        "--events %d: give %d to %d".formatted(events, DemoPlan.FEWEST_EVENTS, MOST_EVENTS));
    check(
        keys >= DemoPlan.FEWEST_KEYS && keys <= events,
        "--keys %d: give %d to the number of events".formatted(keys, DemoPlan.FEWEST_KEYS));
    check(nodes == null || nodes == 1 || nodes == 3, "--nodes %s: give 1 or 3".formatted(nodes));
    check(
        (nodes == null && !killLeader) || DemoPlace.hasOwnServers(System.getenv()),
        (nodes == null ? "--kill-leader" : "--nodes") + " needs a broker of the demo's own: set"
            + " COZE_MQ_TYPE=nats, and neither NATS_SERVER_URL nor MQ_NAME_SERVER");
    long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000) : seed;
    worthKeeping = keep;
    var plan = DemoPlan.of(drawn, events, keys);
    return killLeader ? plan.withLeaderKilled() : plan;
  }

  private void check(boolean right, String text) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), text);
    }
  }

  private DemoView view(DemoPlan plan) {
    if (quiet) {
      return DemoView.NONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    return !json && Terminal.is(Terminal.Stream.ERR)
        ? new LiveView(err, plan.events(), Terminal.columns())
        : new PlainView(err);
  }

  private void tell(String news) {
    if (!quiet) {
      spec.commandLine().getErr().println(news);
    }
  }

  private void announce(DemoPlan plan, DemoPlace place) {
    if (!quiet) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "%d events over %d keys, %d members, broker %s, seed %d%n",
          plan.events(), plan.keys(), DemoPlan.MEMBERS, place.broker(), plan.seed());
    }
  }

  private int judged(DemoVerdict verdict, DemoPlace place) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (!verdict.holds()) {
      worthKeeping = true;
      verdict.broken().forEach(finding -> err.println("broken: " + finding));
      err.println("Again with: eventbus demo --events %d --keys %d --seed %d%s%s"
          .formatted(
              events,
              keys,
              verdict.plan().seed(),
              nodes == null ? "" : " --nodes " + nodes,
              killLeader ? " --kill-leader" : ""));
    }
    if (worthKeeping) {
      err.println("The histories are in " + place.directory());
    }
    out.println(json ? Json.line(verdict.json()) : verdict.line());
    return verdict.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void interrupted(DemoRun run, DemoPlace place, CountDownLatch ended) {
    PrintWriter err = spec.commandLine().getErr();
    run.abandon();
    try {
      boolean inTime = ended.await(END_SECONDS, TimeUnit.SECONDS);
      err.println(inTime ? "interrupted" : "error: it did not end within " + END_SECONDS + " s");
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    place.endServers();
  }
}
