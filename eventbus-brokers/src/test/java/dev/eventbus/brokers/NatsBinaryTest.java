package dev.eventbus.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which binary is taken, with scripts in the place of nats-server and Go. */
class NatsBinaryTest {

  private static final String SYSTEM_PATH = "/usr/bin:/bin";

  @TempDir
  Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final List<String> news = new ArrayList<>();
  private Path bin;
  private Path builds;

  @BeforeEach
  void anEmptyMachine() throws IOException {
    bin = Files.createDirectories(directory.resolve("bin"));
    builds = directory.resolve("builds.txt");
    environment.put("PATH", bin.toString());
    environment.put("HOME", directory.resolve("home").toString());
  }

  @Test
  void theSettingComesFirst() throws Exception {
    server(bin.resolve("nats-server"), "2.12.0");
    Path set = server(directory.resolve("mine"), "2.11.0");
    environment.put("EVENTBUS_NATS_SERVER", set.toString());

    assertThat(find()).isEqualTo(set);
  }

  @Test
  void aWrongSettingIsAnErrorAndNothingElseIsTaken() throws Exception {
    server(bin.resolve("nats-server"), "2.12.0");
    Path plain = Files.writeString(directory.resolve("plain"), "text");

    for (Path wrong : List.of(
        directory.resolve("absent"),
        plain,
        directory,
        server(directory.resolve("old"), "2.10.29"),
        script(directory.resolve("mute"), "echo hello"))) {
      environment.put("EVENTBUS_NATS_SERVER", wrong.toString());
      assertThatThrownBy(this::find)
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("EVENTBUS_NATS_SERVER is " + wrong)
          .hasMessageContaining("2.11.0 or later");
    }
  }

  @Test
  void oneOnThePathIsTakenIfItIsNewEnough() throws Exception {
    Path onPath = server(bin.resolve("nats-server"), "2.11.0");
    assertThat(find()).isEqualTo(onPath);
    assertThat(news).isEmpty();

    server(onPath, "2.10.29");
    Path cached = server(cache("home/.cache"), "2.15.2");
    assertThat(find()).isEqualTo(cached);
    assertThat(news).singleElement().asString().contains("2.10.29").contains("passed over");
  }

  @Test
  void theCacheFollowsTheXdgRules() throws Exception {
    Path home = server(cache("home/.cache"), "2.15.2");
    Path xdg = server(cache("xdg"), "2.15.2");

    assertThat(find()).isEqualTo(home);
    environment.put("XDG_CACHE_HOME", "relative");
    assertThat(find()).isEqualTo(home);
    environment.put("XDG_CACHE_HOME", directory.resolve("xdg").toString());
    assertThat(find()).isEqualTo(xdg);
  }

  @Test
  void withoutOneGoBuildsItOnce() throws Exception {
    go("""
        grep -q 'tool github.com/nats-io/nats-server/v2' go.mod || exit 1
        [ -s go.sum ] || exit 1
        mkdir -p "$GOBIN"
        printf '#!/bin/sh\\n' > "$GOBIN/nats-server"
        chmod +x "$GOBIN/nats-server"
        """);

    Path built = find();

    assertThat(built).isEqualTo(cache("home/.cache")).isExecutable();
    assertThat(find()).isEqualTo(built);
    assertThat(builds).hasContent("install tool\n");
    assertThat(news).singleElement().asString().contains("building nats-server");
    assertThat(besides(built)).containsExactlyInAnyOrder(version(), version() + ".lock");
  }

  @Test
  void processesThatNeedItAtOnceBuildItOnce() throws Exception {
    go("""
        mkdir -p "$GOBIN"
        printf '#!/bin/sh\\n' > "$GOBIN/nats-server"
        sleep 1
        chmod +x "$GOBIN/nats-server"
        """);

    List<Process> finders = List.of(finder(), finder(), finder());

    for (Process finder : finders) {
      assertThat(new String(finder.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(cache("home/.cache").toString());
      assertThat(finder.waitFor()).isZero();
    }
    assertThat(builds).hasContent("install tool\n");
  }

  @Test
  void aBuildThatFailsTellsWhyAndLeavesNothing() throws Exception {
    go("echo 'no network today' >&2; exit 1");

    assertThatThrownBy(this::find)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("no network today")
        .hasMessageContaining("EVENTBUS_NATS_SERVER");
    assertThat(besides(cache("home/.cache"))).containsExactly(version() + ".lock");
  }

  @Test
  void withoutGoTheErrorListsAllWaysOut() {
    assertThatThrownBy(this::find)
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("EVENTBUS_NATS_SERVER")
        .hasMessageContaining("PATH")
        .hasMessageContaining("install Go 1.")
        .hasMessageContaining(cache("home/.cache").toString());
  }

  @Test
  void versionsAreOrderedByNumber() {
    assertThat(ServerVersion.in("nats-server: v2.9.1")).contains(new ServerVersion(2, 9, 1));
    assertThat(ServerVersion.in("no version")).isEmpty();
    assertThat(new ServerVersion(2, 9, 9)).isLessThan(new ServerVersion(2, 11, 0));
    assertThat(new ServerVersion(3, 0, 0)).isGreaterThan(new ServerVersion(2, 99, 9));
  }

  private Path find() {
    return new NatsBinary(environment, news::add).find();
  }

  private Process finder() throws IOException {
    var builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        FindMain.class.getName());
    builder.environment().remove("EVENTBUS_NATS_SERVER");
    builder.environment().remove("XDG_CACHE_HOME");
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Where the cache has the binary if it is below that directory. */
  private Path cache(String below) {
    return directory.resolve(below).resolve("eventbus/nats-server/" + version() + "/nats-server");
  }

  private static String version() {
    return GoTool.natsServer().version();
  }

  private static List<String> besides(Path binary) throws IOException {
    try (Stream<Path> files = Files.list(binary.getParent().getParent())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void go(String text) throws IOException {
    environment.put("PATH", bin + ":" + SYSTEM_PATH);
    script(bin.resolve("go"), "echo \"$@\" >> " + builds + "\n" + text);
  }

  private static Path server(Path file, String version) throws IOException {
    return script(file, "echo nats-server: v" + version);
  }

  private static Path script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
