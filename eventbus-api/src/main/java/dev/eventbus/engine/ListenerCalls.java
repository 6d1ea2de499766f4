package dev.eventbus.engine;

import dev.eventbus.SubscriptionListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls an application's listener so that nothing it throws reaches the loop. */
record ListenerCalls(SubscriptionSpec spec) {

  private static final Logger LOG = LoggerFactory.getLogger(ListenerCalls.class);

  void tell(Consumer<SubscriptionListener> message) {
    SubscriptionListener listener = spec.options().listener();
    if (listener == SubscriptionListener.NONE) {
      return;
    }
    try {
      message.accept(listener);
    } catch (RuntimeException | Error thrown) {
      LOG.warn("The listener of {} threw", spec, thrown);
    }
  }
}
