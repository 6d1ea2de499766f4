package dev.eventbus.cli.broker;

import dev.eventbus.brokers.BrokerNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that was started here. A process with its pid that began at another time is another one.
 *
 * @param name the node's name
 * @param url where clients reach it
 * @param pid its id
 * @param startedMillis when it began, in milliseconds since 1970
 */
record BrokerProcess(String name, String url, long pid, long startedMillis) {

  /** The system tells the start of a process relative to its own, which clock changes move. */
  private static final Duration CLOCK_CHANGES = Duration.ofSeconds(2);

  private static final long LOOK_MILLIS = 50;

  BrokerProcess {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(url, "url");
  }

  /** The node's process, which runs. */
  static BrokerProcess of(BrokerNode node) {
    long pid = node.pid();
    Instant started = ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .orElse(Instant.EPOCH);
    return new BrokerProcess(node.name(), node.url(), pid, started.toEpochMilli());
  }

  /** The process if it lives. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid).filter(this::isThis).filter(BrokerProcess::lives);
  }

  /** Asks it to end if it lives (SIGTERM). */
  void terminate() {
    find().ifPresent(ProcessHandle::destroy);
  }

  /** Waits for its end; kills it when it takes long. */
  void awaitEnd(Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    for (Optional<ProcessHandle> left = find(); left.isPresent(); left = find()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        left.get().destroyForcibly();
      }
      awaitExit(left.get());
    }
  }

  /** Returns at its end, or after a moment: the end of another's child may stay unseen. */
  private static void awaitExit(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException lookAgain) {
      return;
    }
  }

  private boolean isThis(ProcessHandle process) {
    long started = process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    return Math.abs(started - startedMillis) <= CLOCK_CHANGES.toMillis();
  }

  /** One that has ended may stay in the list until its parent looks: it has no program any more. */
  private static boolean lives(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
