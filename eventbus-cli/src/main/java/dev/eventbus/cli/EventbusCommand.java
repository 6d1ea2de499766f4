package dev.eventbus.cli;

import dev.eventbus.cli.broker.BrokerCommand;
import dev.eventbus.cli.demo.DemoCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root: holds what all subcommands share and does nothing by itself. */
@Command(
    name = "eventbus",
    description = "Publishes, subscribes and looks around on the broker that COZE_MQ_TYPE names.",
    subcommands = {
      DemoCommand.class,
      PublishCommand.class,
      SubscribeCommand.class,
      TopicsCommand.class,
      GroupsCommand.class,
      ReplayCommand.class,
      DriversCommand.class,
      BrokerCommand.class,
      CompletionCommand.class,
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    usageHelpWidth = 100,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eventbus demo",
      "  COZE_MQ_TYPE=embedded eventbus publish orders hello --key customer-42",
      "  COZE_MQ_TYPE=embedded eventbus subscribe orders --group billing",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the last line on stderr says why",
      "2:wrong usage",
      "130:ended by Ctrl-C, after draining (143: by SIGTERM)",
    })
final class EventbusCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log at level info, and show stack traces.")
  private boolean verbose;

  /** The whole command, ready to execute; writes UTF-8 whatever the locale. */
  static CommandLine commandLine() {
    var root = new EventbusCommand();
    return new CommandLine(root)
        .setOut(utf8(FileDescriptor.out))
        .setErr(utf8(FileDescriptor.err))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> {
          Logging.configure(root.verbose);
          try {
            return new CommandLine.RunLast().execute(parsed);
          } finally {
            parsed.commandSpec().commandLine().getOut().flush();
          }
        })
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new Failures(() -> root.verbose));
  }

  private static PrintWriter utf8(FileDescriptor file) {
    var stream = new FileOutputStream(file);
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
