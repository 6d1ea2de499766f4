package dev.eventbus.cli.broker;

import dev.eventbus.cli.CommandException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends brokers that were started here. */
@Command(
    name = "stop",
    description = "Stops brokers that eventbus broker start has started. Their files stay.",
    footer = {
      "  eventbus broker stop",
      "  eventbus broker stop nats",
    })
final class BrokerStopCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      converter = BrokerKind.Converter.class,
      description = "Which broker; none: all.")
  private @Nullable BrokerKind kind;

  private final StateDirectory states = StateDirectory.of(System.getenv());

  @Override
  public Integer call() throws Exception {
    boolean any = false;
    for (BrokerKind each : BrokerKind.values()) {
      if (kind == null || kind == each) {
        any |= states.alone(each, () -> stop(each));
      }
    }
    if (!any) {
      throw new CommandException("no %s runs that eventbus broker start has started"
          .formatted(kind == null ? "broker" : kind.id()));
    }
    return ExitCode.OK;
  }

  private boolean stop(BrokerKind each) throws IOException, InterruptedException {
    Optional<RunningBroker> broker = states.find(each);
    boolean ran = broker.filter(RunningBroker::isAlive).isPresent();
    if (broker.isPresent()) {
      broker.get().processes().forEach(BrokerProcess::terminate);
      for (BrokerProcess process : broker.get().processes()) {
        process.awaitEnd(LIMIT);
      }
      states.remove(each);
    }
    if (ran) {
      spec.commandLine().getErr().println(each.id() + " is stopped");
    }
    return ran;
  }
}
