package dev.eventbus.engine;

import dev.eventbus.SubscribeOptions;

/**
 * What the parts of one subscription share, all owned by its loop.
 *
 * @param spec what was asked for
 * @param runtime time and threads
 * @param mailbox where other threads leave messages for the loop
 * @param budget the member's window
 * @param retries failed events by time
 * @param counters for people and metrics
 * @param troubles what is wrong now
 */
record MemberParts(
    SubscriptionSpec spec,
    EngineRuntime runtime,
    Mailbox mailbox,
    InFlightBudget budget,
    RetrySchedule retries,
    SubscriptionCounters counters,
    Troubles troubles) {

  SubscribeOptions options() {
    return spec.options();
  }

  long nanos() {
    return runtime.nanos();
  }

  void post(Runnable message) {
    mailbox.post(message);
  }

  ListenerCalls listener() {
    return new ListenerCalls(spec);
  }
}
