package dev.eventbus.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eventbus.cli.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a user runs it, with fewer events. */
@Timeout(180)
class DemoIT {

  private static final Path JAR = Path.of("target", "eventbus-cli.jar").toAbsolutePath();
  private static final int LIMIT_SECONDS = 120;

  @TempDir
  private Path directory;

  @Test
  void theVerdictHolds() throws Exception {
    Process demo = start("--json", "--events", "600", "--keys", "20", "--seed", "11");

    JsonNode verdict = Json.MAPPER.readTree(outOf(demo));
    assertThat(demo.exitValue()).as(verdict + errors()).isZero();
    assertThat(verdict.path("events").asInt()).isEqualTo(600);
    assertThat(verdict.path("keys").asInt()).isEqualTo(20);
    assertThat(verdict.path("kills").asInt()).isEqualTo(1);
    assertThat(verdict.path("poison").asInt()).isEqualTo(1);
    assertThat(verdict.path("lost").asInt()).isZero();
    assertThat(verdict.path("outOfOrder").asInt()).isZero();
    assertThat(verdict.path("overlapping").asInt()).isZero();
    assertThat(verdict.path("deadLettered").asInt()).isEqualTo(1);
    assertThat(verdict.path("verdict").asText()).isEqualTo("holds");
    assertThat(errors()).contains("seed 11").contains("kill -9").contains("poison");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void theLineHasItsForm() throws Exception {
    Process demo = start("--quiet", "--keep", "--events", "300", "--keys", "10");

    String out = outOf(demo);
    assertThat(demo.exitValue()).as(out + errors()).isZero();
    assertThat(out)
        .matches("300 events · 10 keys · 2 members · 1 kill -9 · 1 poison: 0 lost, 0 out of order,"
            + " 0 overlapping, 1 dead-lettered, \\d+ repeated\n");
    assertThat(leftovers()).hasSize(1);
    assertThat(errors()).contains(leftovers().get(0).toString());
  }

  @Test
  void aClusterOfItsOwnMayLoseTheLeader() throws Exception {
    Process demo = start(
        Map.of("COZE_MQ_TYPE", "nats"),
        "--nodes",
        "3",
        "--kill-leader",
        "--events",
        "1000",
        "--keys",
        "20");

    String out = outOf(demo);
    assertThat(demo.exitValue()).as(out + errors()).isZero();
    assertThat(out)
        .startsWith("1000 events · 20 keys · 2 members · 1 kill -9 · leader killed · 1 poison: "
            + "0 lost, 0 out of order, 0 overlapping, 1 dead-lettered, ");
    assertThat(errors())
        .contains("nats (started here)")
        .containsPattern("kill -9 for node n[123] of the broker")
        .containsPattern("node n[123] of the broker is back");
    assertThat(leftovers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "nats"})
  void sigtermLeavesNoProcessAndNoFile(String broker) throws Exception {
    Process demo = start(Map.of("COZE_MQ_TYPE", broker), "--events", "100000");
    await()
        .atMost(Duration.ofSeconds(LIMIT_SECONDS))
        .until(() -> errors().lines().anyMatch(line -> line.contains("published")));
    List<ProcessHandle> children = demo.descendants().toList();
    assertThat(children).isNotEmpty();

    demo.destroy();

    assertThat(demo.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(leftovers()).isEmpty();
  }

  private Process start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  private Process start(Map<String, String> environment, String... args) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Djava.io.tmpdir=" + directory));
    command.addAll(List.of("-cp", JAR.toString(), "dev.eventbus.cli.Main", "demo"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    List.of("COZE_MQ_TYPE", "NATS_SERVER_URL", "MQ_NAME_SERVER")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder.redirectError(directory.resolve("err.txt").toFile()).start();
  }

  private static String outOf(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("err.txt"));
  }

  private List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).contains("demo"))
          .toList();
    }
  }
}
