package dev.eventbus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script: once in this checkout, else in a small one with a java and mvnw of its own. */
@Timeout(180)
class LauncherIT {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final String OK_BUILD = """
      echo built >> builds.txt
      sleep 0.5
      mkdir -p eventbus-cli/target
      touch eventbus-cli/target/eventbus-cli.jar
      """;

  @TempDir
  private Path directory;

  private Path root;
  private Path javaHome;

  @BeforeEach
  void makeCheckout() throws IOException {
    root = Files.createDirectories(directory.resolve("a checkout"));
    Files.copy(CHECKOUT.resolve("eventbus"), root.resolve("eventbus"));
    Files.createDirectories(root.resolve("module/src/main"));
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("module/pom.xml"), "");
    script(root.resolve("mvnw"), OK_BUILD);
    root.resolve("eventbus").toFile().setExecutable(true);
    javaHome = Files.createDirectories(directory.resolve("jdk"));
    script(javaHome.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    release("17.0.15");
  }

  @Test
  void theRealOneRunsFromElsewhereAndThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("eb"), CHECKOUT.resolve("eventbus"));

    var result = shell(Map.of("JAVA_HOME", System.getProperty("java.home")))
        .run("", List.of("./eb", "--version"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("eventbus ");
    Files.delete(link);
  }

  @Test
  void argumentsReachTheCommandAsTheyAre() throws Exception {
    var result = eventbus("publish", "a b", "", "*", "$HOME");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .endsWith("\ndev.eventbus.cli.Main\npublish\na b\n\n*\n$HOME\n")
        .contains("\n" + root.resolve("eventbus-cli/target/eventbus-cli.jar") + "\n")
        .contains("-Deventbus.terminal=\n");
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    assertThat(eventbus().err()).isEqualTo("building…\n");
    assertThat(eventbus().err()).isEmpty();

    Path source = Files.writeString(root.resolve("module/src/main/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusMillis(10)));

    assertThat(eventbus().err()).isEqualTo("building…\n");
    assertThat(eventbus().err()).isEmpty();
  }

  @Test
  void aSourceThatChangesWhileItBuildsIsBuiltNextTime() throws Exception {
    script(root.resolve("mvnw"), OK_BUILD + "touch module/src/main/A.java\nsleep 0.1\n");
    assertThat(eventbus().err()).isEqualTo("building…\n");

    script(root.resolve("mvnw"), OK_BUILD);
    assertThat(eventbus().err()).isEqualTo("building…\n");
    assertThat(eventbus().err()).isEmpty();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    var first = shell(Map.of()).start(List.of(root.resolve("eventbus").toString()));
    var second = shell(Map.of()).start(List.of(root.resolve("eventbus").toString()));

    assertThat(first.await().exitCode()).isZero();
    assertThat(second.await().exitCode()).isZero();
    assertThat(root.resolve("builds.txt")).hasContent("built");
  }

  @Test
  void aFailedBuildIsShown() throws Exception {
    script(root.resolve("mvnw"), "echo the compiler says no; exit 1");

    var result = eventbus("drivers");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("the compiler says no").contains("error: the build failed");
  }

  @Test
  void aJavaThatIsTooOldIsNamed() throws Exception {
    release("11.0.2");

    var result = eventbus();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(javaHome + "/bin/java is Java 11.0.2")
        .contains("17 or later");
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    var result = shell(Map.of("JAVA_HOME", "/no/such/jdk"))
        .run("", List.of(root.resolve("eventbus").toString()));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: JAVA_HOME is /no/such/jdk");
  }

  @Test
  void nativeAccessIsAllowedWhereJavaAsksForIt() throws Exception {
    assertThat(eventbus().out()).doesNotContain("native-access");

    release("25.0.1");

    assertThat(eventbus().out()).contains("--enable-native-access=ALL-UNNAMED\n");
  }

  private Shell.Result eventbus(String... args) throws Exception {
    var command = new ArrayList<>(List.of(root.resolve("eventbus").toString()));
    command.addAll(List.of(args));
    return shell(Map.of()).run("", command);
  }

  private Shell shell(Map<String, String> environment) {
    var all = new HashMap<>(Map.of("JAVA_HOME", javaHome.toString()));
    all.putAll(environment);
    return new Shell(directory, all, List.of("EVENTBUS_JAVA_OPTS", "EVENTBUS_CLASSPATH"));
  }

  private void release(String version) throws IOException {
    Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    file.toFile().setExecutable(true);
  }
}
