package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs that were built for this user, one directory for each name and version. */
final class ToolCache {

  private static final Logger LOG = LoggerFactory.getLogger(ToolCache.class);
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

  /** File locks are for other processes; this is for the threads of this one. */
  private static final Object BUILDING = new Object();

  private final Path directory;
  private final Map<String, String> environment;
  private final Consumer<String> news;

  private ToolCache(Path directory, Map<String, String> environment, Consumer<String> news) {
    this.directory = directory;
    this.environment = environment;
    this.news = news;
  }

  /** In {@code XDG_CACHE_HOME} if that is an absolute path, else in {@code ~/.cache}. */
  static ToolCache of(Map<String, String> environment, Consumer<String> news) {
    Path base = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(set -> !set.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home(environment).resolve(".cache"));
    return new ToolCache(base.resolve("eventbus"), environment, news);
  }

  private static Path home(Map<String, String> environment) {
    String home = environment.get("HOME");
    return Path.of(home == null || home.isEmpty() ? System.getProperty("user.home") : home);
  }

  /** Where the program is, or will be. */
  Path place(GoTool tool) {
    return home(tool).resolve(tool.name());
  }

  private Path home(GoTool tool) {
    return directory.resolve(tool.name()).resolve(tool.version());
  }

  private Path beside(GoTool tool, String ending) {
    return directory.resolve(tool.name()).resolve(tool.version() + ending);
  }

  Optional<Path> find(GoTool tool) {
    return Optional.of(place(tool)).filter(Files::isExecutable);
  }

  /** Builds the program unless another process has done so meanwhile. */
  Path build(GoTool tool, Path go) {
    Path place = place(tool);
    Path lock = beside(tool, ".lock");
    synchronized (BUILDING) {
      try {
        Files.createDirectories(directory.resolve(tool.name()));
        try (FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var held = channel.lock()) {
          LOG.trace("building under {}", held);
          return find(tool).isPresent() ? place : buildAlone(tool, go);
        }
      } catch (IOException e) {
        throw new BrokerException(
            "cannot build %s %s into %s (%s): set %s to a binary, or XDG_CACHE_HOME to a directory"
                    .formatted(
                        tool.name(), tool.version(), place, e.getMessage(), NatsBinary.SETTING)
                + " that can be written",
            e);
      }
    }
  }

  private Path buildAlone(GoTool tool, Path go) throws IOException {
    news.accept("building %s %s with %s; about half a minute, once"
        .formatted(tool.name(), tool.version(), go));
    Path fresh = beside(tool, ".tmp");
    delete(fresh);
    Path module = Files.createTempDirectory("eventbus-tools");
    try {
      GoTool.copyModule(module);
      var builder = new ProcessBuilder(go.toString(), "install", "tool").directory(module.toFile());
      builder.environment().putAll(environment);
      builder.environment().put("GOBIN", fresh.toString());
      builder.environment().put("GOWORK", "off");
      Commands.Result result = Commands.run(builder, BUILD_LIMIT);
      if (result.exitCode() != 0) {
        throw new IOException("go install tool says: " + result.output().strip());
      }
      delete(home(tool));
      Files.move(fresh, home(tool), StandardCopyOption.ATOMIC_MOVE);
      return place(tool);
    } finally {
      delete(fresh);
      delete(module);
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
