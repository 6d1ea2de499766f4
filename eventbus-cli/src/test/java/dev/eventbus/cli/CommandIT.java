package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user runs it: processes that share an embedded database. */
@Timeout(180)
class CommandIT {

  private static final Path JAR = Path.of("target", "eventbus-cli.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SIGTERM_EXIT = 143;

  @TempDir
  private Path directory;

  @Test
  void whatIsPublishedIsPrinted() throws Exception {
    var published = run("one\ntwo\nthrée\n", "publish", "orders", "--key", "k", "--header", "a=b");
    assertThat(published.exitCode()).as(published.err()).isZero();
    assertThat(published.err()).startsWith("3 events published to orders in ");
    assertThat(published.out()).isEmpty();

    var text = run("", "subscribe", "orders", "--group", "g", "--max", "2");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).isEqualTo("k  one\nk  two\n");
    assertThat(text.err()).isEqualTo("2 events handled\n");

    var json = run("", "subscribe", "orders", "-g", "g", "--format", "json", "--until-idle", "1s");
    assertThat(json.out().lines()).hasSize(1);
    JsonNode line = Json.MAPPER.readTree(json.out());
    assertThat(line.path("payload").asText()).isEqualTo("thrée");
    assertThat(line.path("key").asText()).isEqualTo("k");
    assertThat(line.path("attempt").asInt()).isEqualTo(1);
    assertThat(line.path("headers").path("a").asText()).isEqualTo("b");
  }

  @Test
  void oneTopicCanBePipedIntoAnother() throws Exception {
    run("", "publish", "a", "x{n}", "--repeat", "20", "--key", "k{n%3}");
    var first = run("", "subscribe", "a", "-g", "g", "--format", "json", "--until-idle", "1s");

    assertThat(run(first.out(), "publish", "b", "--json").exitCode()).isZero();

    var second = run("", "subscribe", "b", "-g", "g", "--format", "json", "--until-idle", "1s");
    assertThat(events(second.out())).containsExactlyInAnyOrderElementsOf(events(first.out()));
    assertThat(events(first.out())).hasSize(20);
  }

  @Test
  void topicsShowWhatAGroupHasNotSettled() throws Exception {
    run("", "publish", "orders", "x", "--repeat", "5", "--key", "k");
    run("", "subscribe", "orders", "-g", "billing", "--max", "2");

    var text = run("", "topics");
    var json = run("", "topics", "orders", "--json");

    assertThat(text.out()).startsWith("TOPIC ").containsPattern("orders +8 +5 +billing +3\n");
    JsonNode topic = Json.MAPPER.readTree(json.out()).path(0);
    assertThat(topic.path("name").asText()).isEqualTo("orders");
    assertThat(topic.path("groups").path(0).path("lag").asInt()).isEqualTo(3);
    assertThat(run("", "topics", "nothing").exitCode()).isEqualTo(1);
  }

  @Test
  void aStoppedGroupIsMovedAndItsLagShown() throws Exception {
    run("", "publish", "orders", "x{n}", "--repeat", "3", "--key", "k");
    run("", "subscribe", "orders", "-g", "billing", "--max", "3");

    var moved = run("", "replay", "orders", "billing", "--to", "earliest");
    assertThat(moved.exitCode()).as(moved.err()).isZero();
    assertThat(moved.out()).isEqualTo("Group billing of orders has 3 events before it.\n");
    assertThat(run("", "groups", "orders").out())
        .startsWith("GROUP ")
        .containsPattern("billing +3 +\\d:3\n");
    JsonNode groups = Json.MAPPER.readTree(run("", "groups", "orders", "--json").out());
    assertThat(groups.path(0).path("lag").asInt()).isEqualTo(3);
    assertThat(run("", "subscribe", "orders", "-g", "billing", "--max", "3").out())
        .isEqualTo("k  x1\nk  x2\nk  x3\n");

    var latest = run("", "replay", "orders", "billing", "--to", "latest", "--json");
    assertThat(Json.MAPPER.readTree(latest.out()).path("lag").asInt()).isZero();
    assertThat(run("", "replay", "orders", "none", "--to", "latest").err())
        .contains("[embedded-not-found]");
    assertThat(run("", "groups", "none").exitCode()).isEqualTo(1);
  }

  @Test
  void aGroupInUseIsNotMoved() throws Exception {
    var subscriber = start("subscribe", "orders", "--group", "g");
    run("", "publish", "orders", "x", "--key", "k");
    await().atMost(PATIENCE).until(() -> subscriber.outSoFar().equals("k  x\n"));

    var refused = run("", "replay", "orders", "g", "--to", "earliest");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("[embedded-group-in-use]");
    subscriber.process().destroy();
    subscriber.await();
  }

  @Test
  void aDelayThatTheBrokerCannotKeepIsRefusedWithAWayOut() throws Exception {
    var refused = run("", "publish", "orders", "x", "--deliver-after", "5s");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("does not offer clause P9").contains("[not-offered]");
  }

  @Test
  void failingAttemptsEndInTheDeadLetters() throws Exception {
    run("", "publish", "orders", "x", "--key", "k");

    var failing = run(
        "",
        "subscribe",
        "orders",
        "-g",
        "g",
        "--fail-rate",
        "1",
        "--max-attempts",
        "2",
        "--until-idle",
        "2s");
    assertThat(failing.out()).isEqualTo("k  x  (attempt 1, failing)\nk  x  (attempt 2, failing)\n");
    assertThat(failing.err()).contains("0 events handled, 2 failed attempts, 1 dead-lettered");

    var dead = run("", "subscribe", "orders.dlq.g", "-g", "look", "--max", "1", "--format", "json");
    assertThat(Json.MAPPER.readTree(dead.out()).path("payload").asText()).isEqualTo("x");
  }

  @Test
  void sigtermDrainsASubscription() throws Exception {
    var subscriber = start("subscribe", "orders", "--group", "g");
    run("", "publish", "orders", "x", "--key", "k");
    await().atMost(PATIENCE).until(() -> subscriber.outSoFar().equals("k  x\n"));

    subscriber.process().destroy();

    var result = subscriber.await();
    assertThat(result.exitCode()).isEqualTo(SIGTERM_EXIT);
    assertThat(result.err()).isEqualTo("1 event handled\n");
    assertThat(run("", "subscribe", "orders", "-g", "g", "--until-idle", "1s").out())
        .isEmpty();
  }

  @Test
  void sigtermDrainsAPublish() throws Exception {
    var publisher = start("publish", "orders", "x{n}", "--repeat", "1000000", "--rate", "50/s");
    var subscriber = start("subscribe", "orders", "--group", "g");
    await().atMost(PATIENCE).until(() -> subscriber.outSoFar().lines().count() > 20);

    publisher.process().destroy();

    var result = publisher.await();
    assertThat(result.exitCode()).isEqualTo(SIGTERM_EXIT);
    assertThat(result.err()).matches("interrupted: \\d+ events published to orders in .*\n");
    String count = result.err().replaceAll("\\D*(\\d+) events(?s:.*)", "$1");
    await()
        .atMost(PATIENCE)
        .until(() -> subscriber.outSoFar().lines().count() == Long.parseLong(count));
    subscriber.process().destroy();
    subscriber.await();
  }

  @Test
  void aBroadcastSeesWhatComesAfterIt() throws Exception {
    run("", "publish", "orders", "before");
    var subscriber = start("subscribe", "orders", "--max", "1");
    // Published until one is seen: nothing tells from outside when a broadcast is ready.
    await().atMost(PATIENCE).until(() -> {
      run("", "publish", "orders", "after");
      return !subscriber.process().isAlive();
    });

    assertThat(subscriber.await().out()).isEqualTo("-  after\n");
  }

  @Test
  void aReaderThatGoesAwayEndsTheSubscription() throws Exception {
    run("", "publish", "orders", "x", "--repeat", "1000", "--key", "k");
    var shell = shell(Map.of());
    var command = String.join(" ", quoted(command("subscribe", "orders", "-g", "g")));

    var result = shell.run("", List.of("sh", "-c", command + " | head -n 3"));

    assertThat(result.out()).isEqualTo("k  x\nk  x\nk  x\n");
  }

  @Test
  void anUnsetTypeListsTheDrivers() throws Exception {
    var shell = new Shell(directory, Map.of(), List.of("COZE_MQ_TYPE"));
    for (var args : List.of(List.of("publish", "t", "p"), List.of("topics"))) {
      var result = shell.run("", command(args.toArray(String[]::new)));

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err().lines()).hasSize(1);
      assertThat(result.err()).startsWith("error: COZE_MQ_TYPE is not set.").contains("embedded");
    }
  }

  @Test
  void anUnknownTypeIsOneErrorLine() throws Exception {
    var result = shell(Map.of("COZE_MQ_TYPE", "pigeon")).run("", command("drivers", "--connect"));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).startsWith("error: ").contains("pigeon");
  }

  @Test
  void aStackTraceComesOnlyWhenAskedFor() throws Exception {
    var shell = shell(Map.of("EVENTBUS_EMBEDDED_FILE", "/no/such/folder/x.db"));

    var plain = shell.run("", command("publish", "t", "p"));
    var verbose = shell.run("", command("publish", "t", "p", "--verbose"));

    assertThat(plain.exitCode()).isEqualTo(1);
    assertThat(plain.err()).contains("/no/such/folder").doesNotContain("\tat ");
    assertThat(verbose.exitCode()).isEqualTo(1);
    assertThat(verbose.err()).contains("\tat ");
  }

  @Test
  void anUnknownOptionIsWrongUsage() throws Exception {
    var result = run("", "subscribe", "t", "--no-such-option");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("error: Unknown option: '--no-such-option'");
  }

  @Test
  void driversShowTheirSettingsAndWhatIsConnected() throws Exception {
    var text = run("", "drivers", "--connect");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).contains("embedded", "EVENTBUS_EMBEDDED_FILE", "durability");

    JsonNode json =
        Json.MAPPER.readTree(run("", "drivers", "--connect", "--json").out());
    assertThat(json.path("connected").path("driver").asText()).isEqualTo("embedded");
    assertThat(json.path("drivers").findValuesAsText("id")).contains("embedded");
  }

  private Shell.Result run(String stdin, String... args) throws IOException, InterruptedException {
    return shell(Map.of()).run(stdin, command(args));
  }

  private Shell.Running start(String... args) throws IOException {
    return shell(Map.of()).start(command(args));
  }

  private Shell shell(Map<String, String> environment) {
    var all = new HashMap<>(Map.of("COZE_MQ_TYPE", "embedded"));
    all.put("EVENTBUS_EMBEDDED_FILE", directory.resolve("eventbus.db").toString());
    all.putAll(environment);
    return new Shell(directory, all, List.of());
  }

  static List<String> command(String... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", JAR.toString(), "dev.eventbus.cli.Main"));
    command.addAll(List.of(args));
    return command;
  }

  private static List<String> quoted(List<String> command) {
    return command.stream().map(word -> "'" + word + "'").toList();
  }

  /** The events of JSON lines, without what belongs to a delivery. */
  private static List<JsonNode> events(String lines) throws IOException {
    var events = new ArrayList<JsonNode>();
    for (String line : lines.lines().toList()) {
      var event = (ObjectNode) Json.MAPPER.readTree(line);
      event.remove(List.of("topic", "group", "lane", "fence", "attempt", "redelivered"));
      events.add(event);
    }
    return events;
  }
}
