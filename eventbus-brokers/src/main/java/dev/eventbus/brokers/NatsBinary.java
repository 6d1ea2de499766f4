package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds nats-server, or has it built. */
final class NatsBinary {

  static final String SETTING = "EVENTBUS_NATS_SERVER";
  static final ServerVersion OLDEST = new ServerVersion(2, 11, 0);

  private static final Logger LOG = LoggerFactory.getLogger(NatsBinary.class);
  private static final String NAME = "nats-server";
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(20);

  private final Map<String, String> environment;
  private final Consumer<String> news;

  NatsBinary(Map<String, String> environment, Consumer<String> news) {
    this.environment = environment;
    this.news = news;
  }

  /**
   * The binary to start.
   *
   * @throws BrokerException if there is none and none can be built, with all ways out
   */
  Path find() {
    String set = environment.get(SETTING);
    if (set != null && !set.isEmpty()) {
      return checked(set);
    }
    var tool = GoTool.natsServer();
    var cache = ToolCache.of(environment, news);
    return onPath()
        .or(() -> cache.find(tool))
        .orElseGet(() -> cache.build(tool, goOr(tool, cache.place(tool))));
  }

  private static Path checked(String set) {
    Path file = Path.of(set).toAbsolutePath();
    if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
      throw wrong(set, "is no file that can be run");
    }
    Optional<ServerVersion> version = versionOf(file);
    if (version.isEmpty()) {
      throw wrong(set, "prints no version for --version");
    }
    if (version.get().compareTo(OLDEST) < 0) {
      throw wrong(set, "is version " + version.get() + ", too old");
    }
    return file;
  }

  private static BrokerException wrong(String set, String what) {
    return new BrokerException("%s is %s, which %s: name a nats-server %s or later, or unset it"
        .formatted(SETTING, set, what, OLDEST));
  }

  private Optional<Path> onPath() {
    return Commands.onPath(environment.get("PATH"), NAME).filter(this::isNewEnough);
  }

  private boolean isNewEnough(Path file) {
    Optional<ServerVersion> version = versionOf(file);
    boolean enough = version.filter(it -> it.compareTo(OLDEST) >= 0).isPresent();
    if (!enough) {
      String what = version.map(it -> "is version " + it).orElse("tells no version");
      news.accept("%s %s and is passed over: %s or later is needed".formatted(file, what, OLDEST));
    }
    return enough;
  }

  private static Optional<ServerVersion> versionOf(Path file) {
    try {
      var builder = new ProcessBuilder(file.toString(), "--version");
      return ServerVersion.in(Commands.run(builder, VERSION_LIMIT).output());
    } catch (IOException cannotRun) {
      LOG.debug("{} does not run", file, cannotRun);
      return Optional.empty();
    }
  }

  private Path goOr(GoTool tool, Path place) {
    return Commands.onPath(environment.get("PATH"), "go")
        .orElseThrow(() -> new BrokerException(("no nats-server found: none on the PATH that is %s"
                + " or later, none at %s, and no Go to build it. Set %s to a binary, or put"
                + " nats-server %s or later on the PATH, or install Go %s or later")
            .formatted(OLDEST, place, SETTING, OLDEST, tool.goVersion())));
  }
}
