package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageTest {

  static Stream<CommandLine> everyCommand() {
    return withSubcommands(EventbusCommand.commandLine());
  }

  private static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(UsageTest::withSubcommands));
  }

  static Stream<List<String>> wrongUsages() {
    return Stream.of(
        List.of("nonsense"),
        List.of("publish"),
        List.of("publish", "t", "--no-such-option"),
        List.of("publish", "t", "p", "--rate", "0/s"),
        List.of("publish", "t", "p", "--rate", "fast"),
        List.of("publish", "t", "p", "--repeat", "0"),
        List.of("publish", "t", "p", "--json"),
        List.of("publish", "t", "p", "--key", "k", "--key-from", ".*"),
        List.of("publish", "t", "p", "--key-from", "("),
        List.of("publish", "t", "p", "--header", "no-value"),
        List.of("publish", "t", "--repeat", "2"),
        List.of("publish", "t", "p", "--deliver-after", "soon"),
        List.of("publish", "t", "p", "--deliver-after", "366d"),
        List.of("groups"),
        List.of("replay", "t", "--to", "earliest"),
        List.of("replay", "t", "g"),
        List.of("replay", "t", "g", "--to", "yesterday"),
        List.of("subscribe"),
        List.of("subscribe", "t", "--fail-rate", "1.1"),
        List.of("subscribe", "t", "--max", "0"),
        List.of("subscribe", "t", "--max", "1", "--concurrency", "2"),
        List.of("subscribe", "t", "--from", "yesterday"),
        List.of("subscribe", "t", "--until-idle", "2 parsecs"),
        List.of("subscribe", "t", "--until-idle", ""),
        List.of("subscribe", "t", "--lease", "1ms"),
        List.of("subscribe", "t", "--format", "xml"),
        List.of("demo", "--nodes", "2"),
        List.of("demo", "--nodes", "3"),
        List.of("demo", "--kill-leader"),
        List.of("broker", "start"),
        List.of("broker", "start", "pigeon"),
        List.of("broker", "start", "nats", "--nodes", "2"),
        List.of("broker", "start", "nats", "--port", "65536"),
        List.of("broker", "start", "nats", "--nodes", "3", "--port", "65534"),
        List.of("broker", "stop", "pigeon"),
        List.of("completion", "fish"));
  }

  @ParameterizedTest
  @MethodSource("wrongUsages")
  void wrongUsageIsOneErrorLineAndExitCode2(List<String> args) {
    var run = CommandRun.of(args.toArray(String[]::new));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
    assertThat(run.err()).contains("--help").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void helpHasExamplesAndExitCodes(CommandLine command) {
    String help = command.getUsageMessage();

    assertThat(help).contains("Usage: " + command.getCommandSpec().qualifiedName());
    assertThat(help).contains("Examples:\n  ").contains("eventbus").contains("Exit codes:");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aTypoBringsASuggestion() {
    assertThat(CommandRun.of("subscribe", "t", "--grop", "g").err()).contains("--group");
  }

  @Test
  void noCommandShowsTheUsage() {
    var run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: eventbus").contains("subscribe");
  }

  @Test
  void versionNamesTheJava() {
    var run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("eventbus").contains("Java ");
  }

  @Test
  void completionKnowsEveryCommand() {
    for (String shell : List.of("bash", "zsh")) {
      var run = CommandRun.of("completion", shell);

      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("eventbus in " + shell)
          .contains(EventbusCommand.commandLine().getSubcommands().keySet())
          .contains("--until-idle");
    }
  }
}
