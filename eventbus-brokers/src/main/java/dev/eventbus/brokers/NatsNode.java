package dev.eventbus.brokers;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One nats-server process. */
final class NatsNode implements BrokerNode {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final String READY = "Server is ready";
  private static final String TAKEN = "address already in use";

  private final NatsConfig config;
  private final Path binary;
  private final NatsMonitor monitor;

  private @Nullable BrokerProcess process;
  private boolean paused;
  private boolean retired;

  NatsNode(NatsConfig config, Path binary) {
    this.config = config;
    this.binary = binary;
    this.monitor = new NatsMonitor(monitoringUrlOf(config));
  }

  private static String monitoringUrlOf(NatsConfig config) {
    return "http://" + NatsPorts.HOST + ":" + config.ports().monitoring();
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public String url() {
    return "nats://" + NatsPorts.HOST + ":" + config.ports().client();
  }

  String monitoringUrl() {
    return monitoringUrlOf(config);
  }

  NatsMonitor monitor() {
    return monitor;
  }

  @Override
  public synchronized long pid() {
    return running().pid();
  }

  @Override
  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Whether it runs and is not paused. */
  synchronized boolean answers() {
    return isRunning() && !paused;
  }

  /** Starts the process and does not wait. */
  synchronized void launchFirst() {
    try {
      config.write();
    } catch (IOException e) {
      throw new BrokerException(
          "cannot write " + config.file() + " (" + e + "): give a directory that can be written",
          e);
    }
    launch();
  }

  /**
   * Waits for the process that {@link #launchFirst()} started.
   *
   * @throws PortTakenException if it ended because somebody has one of its ports
   */
  void awaitFirstAnswer() throws PortTakenException {
    BrokerProcess launched = current();
    try {
      awaitAnswer(launched);
    } catch (BrokerException failure) {
      if (!launched.isAlive() && launched.output().contains(TAKEN)) {
        throw new PortTakenException(failure);
      }
      throw failure;
    }
  }

  @Override
  public void start() {
    synchronized (this) {
      if (isRunning()) {
        throw new BrokerException(name() + " runs already: stop or kill it first");
      }
      launch();
    }
    awaitAnswer(current());
  }

  private synchronized void launch() {
    if (retired) {
      throw new BrokerException(name() + " is closed: start a new broker");
    }
    paused = false;
    process = BrokerProcess.launch(
        List.of(binary.toString(), "-c", config.file().toString()), config.log());
  }

  private void awaitAnswer(BrokerProcess launched) {
    // Who else got the port would answer too: the ready line is in this process's own output.
    await(
        launched,
        ANSWER_LIMIT,
        () -> launched.output().contains(READY) && monitor.isUp(config.spec().storage()));
  }

  /** Waits until the node is as the predicate wants it. */
  void awaitHealth(Duration limit, Predicate<NatsMonitor> healthy) {
    await(current(), limit, () -> healthy.test(monitor));
  }

  private void await(BrokerProcess waiting, Duration limit, Condition condition) {
    long start = System.nanoTime();
    while (!condition.holds()) {
      boolean ended = waiting.awaitEnd(POLL);
      if (ended || System.nanoTime() - start > limit.toNanos()) {
        throw new BrokerException("nats-server %s %s; the end of its log %s:%n%s"
            .formatted(
                name(),
                ended ? "ended" : "was not ready within " + limit.toSeconds() + " s",
                config.log(),
                waiting.tail()));
      }
    }
  }

  @Override
  public void stop() {
    BrokerProcess ending = take();
    ending.resume();
    ending.stop(STOP_LIMIT);
  }

  @Override
  public void kill() {
    take().kill();
  }

  @Override
  public synchronized void pause() {
    running().pause();
    paused = true;
  }

  @Override
  public synchronized void resume() {
    running().resume();
    paused = false;
  }

  /** Asks it to end, if it can hear that, and does not wait. */
  synchronized void terminate() {
    retired = true;
    if (process != null && !paused) {
      process.terminate();
    }
  }

  /** Waits for the end that {@link #terminate()} asked for, as long as {@link #stop()} does. */
  void awaitTermination() {
    BrokerProcess ending;
    synchronized (this) {
      ending = paused ? null : process;
    }
    if (ending != null) {
      ending.awaitEnd(STOP_LIMIT);
    }
  }

  /** Kills it if it runs; it cannot be started again. */
  void retire() {
    BrokerProcess ending;
    synchronized (this) {
      retired = true;
      ending = process;
    }
    if (ending != null) {
      ending.kill();
    }
  }

  /** Forgets the process. */
  synchronized void release() {
    retired = true;
    process = null;
  }

  private synchronized BrokerProcess take() {
    return running();
  }

  private synchronized BrokerProcess current() {
    if (process == null) {
      throw new BrokerException(name() + " was never started");
    }
    return process;
  }

  private synchronized BrokerProcess running() {
    if (process == null || !process.isAlive()) {
      throw new BrokerException(name() + " does not run: start it first");
    }
    return process;
  }

  private interface Condition {
    boolean holds();
  }
}
