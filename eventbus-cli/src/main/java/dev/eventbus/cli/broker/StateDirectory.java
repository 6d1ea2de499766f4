package dev.eventbus.cli.broker;

import com.fasterxml.jackson.core.JacksonException;
import dev.eventbus.cli.CommandException;
import dev.eventbus.cli.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What is remembered of the brokers that this user has started: a file for each kind. */
record StateDirectory(Path directory) {

  /** In {@code XDG_STATE_HOME} if that is an absolute path, else in {@code ~/.local/state}. */
  static StateDirectory of(Map<String, String> environment) {
    Path base = Optional.ofNullable(environment.get("XDG_STATE_HOME"))
        .filter(set -> !set.isEmpty())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home(environment).resolve(".local/state"));
    return new StateDirectory(base.resolve("eventbus").resolve("brokers"));
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
  }

  /** Where a broker has its files when nobody says where. */
  Path files(BrokerKind kind, int nodes) {
    return directory.resolve(kind.id() + "-" + nodes);
  }

  /** Does something while nobody else starts or stops brokers of that kind. */
  <T> T alone(BrokerKind kind, Callable<T> work) throws Exception {
    Files.createDirectories(directory);
    Path file = directory.resolve(kind.id() + ".lock");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      return work.call();
    }
  }

  /** The broker that was started and not stopped; its processes may have ended since. */
  Optional<RunningBroker> find(BrokerKind kind) throws IOException {
    Path file = file(kind);
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(file), RunningBroker.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (JacksonException damaged) {
      throw new CommandException(file + " cannot be read (" + damaged.getOriginalMessage()
          + "): end the broker's processes yourself if there are any, and remove the file");
    }
  }

  /** Remembers it, in the place of any before. */
  void write(BrokerKind kind, RunningBroker broker) throws IOException {
    Path fresh = directory.resolve(kind.id() + ".json.tmp");
    Files.writeString(fresh, Json.MAPPER.writeValueAsString(broker));
    Files.move(fresh, file(kind), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets it. */
  void remove(BrokerKind kind) throws IOException {
    Files.deleteIfExists(file(kind));
  }

  private Path file(BrokerKind kind) {
    return directory.resolve(kind.id() + ".json");
  }
}
