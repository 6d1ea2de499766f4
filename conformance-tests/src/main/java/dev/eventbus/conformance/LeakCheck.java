package dev.eventbus.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Threads, child processes, sockets and files that a test has left open (L4). */
final class LeakCheck {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  /** Threads of the Java library and of the tests' own tools. */
  private static final List<String> FOREIGN_THREADS = List.of(
      "process reaper",
      "ForkJoinPool",
      "VirtualThread-un",
      "CompletableFutureDelayScheduler",
      "awaitility",
      "surefire",
      "ThreadedStreamConsumer",
      "Attach Listener",
      "saboteur");

  /** What the virtual machine opens when it loads a class or a library. */
  private static final List<String> FOREIGN_FILES =
      List.of(".jar", ".so", ".jsa", "modules", "urandom", "random");

  private final Supplier<Set<Long>> brokers;
  private final Set<String> before;

  /** Notes what is open now. */
  LeakCheck() {
    this(Set::of);
  }

  /**
   * Notes what is open now.
   *
   * @param brokers the processes of brokers, which may be others after a test
   */
  LeakCheck(Supplier<Set<Long>> brokers) {
    this.brokers = brokers;
    this.before = all();
  }

  /**
   * Fails when something is open that was not when this was made.
   *
   * @throws ClauseFailure naming what is open
   */
  void assertNothingNew() {
    try {
      Awaitility.await("an end of all that was opened")
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .until(() -> news().isEmpty());
    } catch (ConditionTimeoutException timeout) {
      throw ClauseFailure.of(Clause.L4, "left open: " + news());
    }
  }

  private Set<String> news() {
    Set<String> now = all();
    now.removeAll(before);
    return now;
  }

  private Set<String> all() {
    var all = new TreeSet<String>();
    all.addAll(threads());
    all.addAll(children());
    all.addAll(files());
    return all;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> FOREIGN_THREADS.stream().noneMatch(thread.getName()::startsWith))
        .map(thread -> "thread " + thread.getName() + " #" + System.identityHashCode(thread))
        .collect(Collectors.toSet());
  }

  private Set<String> children() {
    Set<Long> known = brokers.get();
    return ProcessHandle.current()
        .children()
        .filter(child -> !known.contains(child.pid()))
        .map(child -> "process " + child.pid() + " " + child.info().command().orElse(""))
        .collect(Collectors.toSet());
  }

  /** Empty where the system does not list them. */
  private static Set<String> files() {
    var open = new HashSet<String>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return open;
    }
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:")
            || (target.startsWith("/")
                && !target.startsWith("/proc/")
                && !target.startsWith("/dev/")
                && FOREIGN_FILES.stream().noneMatch(target::endsWith))) {
          open.add("file " + target);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return open;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
