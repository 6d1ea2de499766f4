package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.BrokerFixture.BrokerControl;
import dev.eventbus.conformance.BrokerFixture.Cluster;
import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.Recorder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the broker away and brings it back, and writes both down. Used by one thread; one outage at
 * a time. {@link #close()} ends the one that lasts, and so does {@link #MOST}, since that thread may
 * be blocked by what it tests.
 */
public final class BrokerOperator implements AutoCloseable {

  /** No outage lasts longer. */
  public static final Duration MOST = Duration.ofSeconds(40);

  private final Optional<BrokerControl> control;
  private final Optional<Cluster> cluster;
  private final Recorder recorder;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "kit-broker-watch"));
  private @Nullable Return pending;
  private @Nullable Future<?> limit;

  /** How what was done is undone. */
  private interface Return {
    void perform() throws Exception;
  }

  private interface Action {
    void perform() throws Exception;
  }

  BrokerOperator(Optional<BrokerControl> control, Optional<Cluster> cluster, Recorder recorder) {
    this.control = control;
    this.cluster = cluster;
    this.recorder = recorder;
  }

  /** How many nodes it has; 0 where they cannot be told apart. */
  public int nodes() {
    return cluster.map(nodes -> nodes.nodes().size()).orElse(0);
  }

  /** Whether the broker, or a node of it, is away. */
  synchronized boolean away() {
    return pending != null;
  }

  /** Stops it in good order. */
  public void stop() {
    BrokerControl broker = control.orElseThrow();
    take(BrokerEvent.AWAY, "stopped", broker::stop, broker::start);
  }

  /** Kills it with -9. */
  public void kill() {
    BrokerControl broker = control.orElseThrow();
    take(BrokerEvent.KILLED, "killed", broker::kill, broker::start);
  }

  /** Freezes it. */
  public void pause() {
    BrokerControl broker = control.orElseThrow();
    take(BrokerEvent.AWAY, "paused", broker::pause, broker::resume);
  }

  /** Kills with -9 the node that leads a topic. */
  public void killLeader(String topic) {
    Cluster nodes = cluster.orElseThrow();
    BrokerControl leader = call(() -> nodes.leaderOf(topic));
    take(BrokerEvent.KILLED, "leader killed", leader::kill, () -> {
      leader.start();
      nodes.awaitReady();
    });
  }

  /** Stops a node in good order. */
  public void stopNode(int number) {
    Cluster nodes = cluster.orElseThrow();
    BrokerControl node = nodes.nodes().get(number);
    take(BrokerEvent.AWAY, "node " + number + " stopped", node::stop, () -> {
      node.start();
      nodes.awaitReady();
    });
  }

  private synchronized void take(BrokerEvent what, String text, Action action, Return back) {
    if (pending != null) {
      throw new IllegalStateException("the broker is away already");
    }
    recorder.add(at -> new BrokerFault(at, what, text));
    pending = back;
    limit = watch.schedule(this::endOutage, MOST.toMillis(), TimeUnit.MILLISECONDS);
    run(action);
  }

  /** Brings it back; returns when it answers. */
  public void bringBack() {
    if (!endOutage()) {
      throw new IllegalStateException("the broker is not away");
    }
  }

  private synchronized boolean endOutage() {
    Return back = pending;
    if (back == null) {
      return false;
    }
    if (limit != null) {
      limit.cancel(false);
    }
    run(back::perform);
    pending = null;
    recorder.add(at -> new BrokerFault(at, BrokerEvent.BACK, ""));
    return true;
  }

  /** Brings it back if it is away. Idempotent. */
  @Override
  public void close() {
    endOutage();
    watch.shutdownNow();
  }

  private static void run(Action action) {
    call(() -> {
      action.perform();
      return "";
    });
  }

  private static <T> T call(Callable<T> action) {
    try {
      return action.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
