package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.BrokerFixture.BrokerControl;
import dev.eventbus.conformance.BrokerFixture.Cluster;
import dev.eventbus.conformance.history.HistoryEvent.BrokerEvent;
import dev.eventbus.conformance.history.HistoryEvent.BrokerFault;
import dev.eventbus.conformance.history.Recorder;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Takes the broker away and brings it back, and writes both down. Used by one thread; one outage at
 * a time. {@link #close()} ends the one that lasts.
 */
public final class BrokerOperator implements AutoCloseable {

  private final Optional<BrokerControl> control;
  private final Optional<Cluster> cluster;
  private final Recorder recorder;
  private @Nullable Return pending;

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
  boolean away() {
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

  private void take(BrokerEvent what, String text, Action action, Return back) {
    if (pending != null) {
      throw new IllegalStateException("the broker is away already");
    }
    recorder.add(at -> new BrokerFault(at, what, text));
    pending = back;
    run(action);
  }

  /** Brings it back; returns when it answers. */
  public void bringBack() {
    Return back = pending;
    if (back == null) {
      throw new IllegalStateException("the broker is not away");
    }
    run(back::perform);
    pending = null;
    recorder.add(at -> new BrokerFault(at, BrokerEvent.BACK, ""));
  }

  /** Brings it back if it is away. Idempotent. */
  @Override
  public void close() {
    if (pending != null) {
      bringBack();
    }
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
