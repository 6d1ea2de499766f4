package dev.eventbus.cli.broker;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds what is done with a broker on this machine. */
@Command(
    name = "broker",
    description = {
      "Starts and stops a broker on this machine, for tests and first steps.",
      "It listens on 127.0.0.1 alone, without passwords. One of each kind runs at a time."
    },
    subcommands = {BrokerStartCommand.class, BrokerStatusCommand.class, BrokerStopCommand.class},
    footer = {
      "  eventbus broker start nats                          until Ctrl-C",
      "  eval \"$(eventbus broker start nats --detach)\"       and go on in this shell",
      "  eventbus broker stop",
    })
public final class BrokerCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
