package dev.eventbus.conformance.workload;

import dev.eventbus.conformance.workload.FaultPlan.Fault;
import java.time.Duration;

/** Carries out what a plan does to the broker, a little with each call. One thread. */
final class PlannedOutage implements Runnable {

  private static final Duration MOMENT = Duration.ofMillis(800);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final BrokerOperator broker;
  private final String topic;
  private long until;
  private int nodesLeft;

  PlannedOutage(BrokerOperator broker, String topic) {
    this.broker = broker;
    this.topic = topic;
  }

  /** Whether the broker is away, or a node of it is still to go. */
  boolean lasts() {
    return broker.away() || nodesLeft > 0;
  }

  void begin(Fault fault) {
    switch (fault) {
      case STOP_BROKER -> {
        broker.stop();
        endIn(MOMENT);
      }
      case KILL_BROKER -> {
        broker.kill();
        endIn(MOMENT);
      }
      case LONG_ABSENCE -> {
        broker.stop();
        endIn(LONG);
      }
      case PAUSE_BROKER -> {
        broker.pause();
        endIn(PAUSE);
      }
      case KILL_LEADER -> {
        broker.killLeader(topic);
        endIn(MOMENT);
      }
      case ROLLING_RESTART -> nodesLeft = broker.nodes();
      default -> throw new IllegalArgumentException(fault + " is not done to the broker");
    }
  }

  private void endIn(Duration time) {
    until = System.nanoTime() + time.toNanos();
  }

  @Override
  public void run() {
    if (broker.away()) {
      if (System.nanoTime() - until >= 0) {
        broker.bringBack();
      }
    } else if (nodesLeft > 0) {
      broker.stopNode(--nodesLeft);
      endIn(MOMENT);
    }
  }
}
