package dev.eventbus.benchmarks.nats;

import dev.eventbus.EventBus;
import dev.eventbus.SubscribeOptions;
import java.io.IOException;
import java.time.Duration;

/** A member that waits to be killed, or for the end of its parent, which closes its input. */
public final class TakeoverMember {

  private TakeoverMember() {}

  /** Joins; the arguments are topic, group and lease. */
  public static void main(String[] args) throws IOException {
    SubscribeOptions options = SubscribeOptions.defaults().withLease(Duration.parse(args[2]));
    EventBus bus = EventBus.connect();
    bus.subscribe(args[0], args[1], delivery -> {}, options);
    while (System.in.read() >= 0) {
      // nobody writes
    }
    Runtime.getRuntime().halt(1);
  }
}
