package dev.eventbus.cli.broker;

import dev.eventbus.brokers.BrokerNode;
import dev.eventbus.brokers.LocalBroker;
import dev.eventbus.cli.CommandException;
import dev.eventbus.cli.OnSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts a broker and prints what a bus connects with. */
@Command(
    name = "start",
    description = {
      "Starts a broker and prints the settings to export.",
      "It runs until Ctrl-C, or with --detach until eventbus broker stop. What was stored is there"
          + " again after the next start."
    },
    footer = {
      "  eventbus broker start nats",
      "  eventbus broker start nats --nodes 3 --port 0",
      "  eval \"$(eventbus broker start nats --detach)\"",
    })
final class BrokerStartCommand implements Callable<Integer> {

  private static final int LOOK_MILLIS = 100;
  private static final int MOST_PORT = 65_535;

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "KIND",
      converter = BrokerKind.Converter.class,
      description = "Which broker: nats.")
  private BrokerKind kind = BrokerKind.NATS;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1",
      description = "1, or 3 for a cluster; default ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Clients' port of the first node, the others have the next ones; 0: free ones."
          + " Default: the broker's usual one.")
  private @Nullable Integer port;

  @Option(
      names = "--directory",
      paramLabel = "D",
      description = "Where it keeps its files. Default: a directory of its own for each kind and"
          + " number of nodes in ~/.local/state/eventbus.")
  private @Nullable Path directory;

  @Option(names = "--detach", description = "Leave it running and return.")
  private boolean detach;

  private final StateDirectory states = StateDirectory.of(System.getenv());
  private final CountDownLatch signalled = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    check(nodes == 1 || nodes == 3, "--nodes %d: give 1 or 3".formatted(nodes));
    check(
        port() >= 0 && port() <= MOST_PORT - nodes + 1,
        "--port %d: give 0 for a free one, or 1 to %d".formatted(port(), MOST_PORT - nodes + 1));
    try (LocalBroker broker = states.alone(kind, this::start)) {
      if (detach) {
        broker.release();
        return ExitCode.OK;
      }
      return OnSignal.during(() -> end(broker), () -> follow(broker));
    }
  }

  private int port() {
    return port == null ? kind.usualPort() : port;
  }

  private void check(boolean right, String text) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), text);
    }
  }

  private LocalBroker start() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    refuseASecond(states.find(kind));
    Path files = directory == null ? states.files(kind, nodes) : directory;
    LocalBroker broker = kind.start(nodes, port(), files, err::println);
    var running = RunningBroker.of(broker, files.toAbsolutePath().toString());
    states.write(kind, running);
    err.printf("%s runs: %d node(s), files in %s%n", kind.id(), nodes, running.directory());
    err.println(detach ? "End it with: eventbus broker stop " + kind.id() : "End it with Ctrl-C");
    out.print(running.exports());
    out.flush();
    return broker;
  }

  private void refuseASecond(Optional<RunningBroker> before) {
    before.filter(RunningBroker::isAlive).ifPresent(running -> {
      throw new CommandException(
          "%s runs already, files in %s: stop it with eventbus broker stop %s"
              .formatted(kind.id(), running.directory(), kind.id()));
    });
  }

  /** Waits until the broker has ended; that is right only if it was stopped. */
  private int follow(LocalBroker broker) throws Exception {
    while (broker.nodes().stream().anyMatch(BrokerNode::isRunning)) {
      if (signalled.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        return ExitCode.OK;
      }
    }
    return states.alone(kind, this::judgedEnd);
  }

  /** Whoever stops a broker forgets it. */
  private int judgedEnd() throws IOException {
    if (signalled.getCount() > 0 && states.find(kind).isPresent()) {
      states.remove(kind);
      throw new CommandException(kind.id() + " has ended by itself: see the logs in its directory");
    }
    return ExitCode.OK;
  }

  /** The process ends; from a terminal the broker has got the same signal. */
  private void end(LocalBroker broker) {
    signalled.countDown();
    broker.stop();
    try {
      states.remove(kind);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
