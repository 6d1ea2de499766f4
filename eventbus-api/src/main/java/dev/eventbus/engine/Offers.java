package dev.eventbus.engine;

import dev.eventbus.Capabilities;
import dev.eventbus.Profile;
import dev.eventbus.StartAt;
import dev.eventbus.SubscribeOptions;
import dev.eventbus.UnsupportedCapabilityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses what the connected broker cannot do, before its driver is asked. */
record Offers(Capabilities capabilities) {

  private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

  /** NATS alone has the realtime profile. */
  private static final String TO_RELIABLE =
      "set NATS_USE_JETSTREAM=true to get the profile RELIABLE";

  /** Says what the realtime profile lacks: it is never a surprise (C4). */
  void warnIfRealtime() {
    if (isRealtime()) {
      LOG.warn(
          "The driver {} has the profile REALTIME: events are delivered at most once, and those that"
              + " no member receives, or that fail, are lost; there is no replay, lag, delay or dead"
              + " letter; {}",
          capabilities.driver(),
          TO_RELIABLE);
    }
  }

  private boolean isRealtime() {
    return capabilities.profile() == Profile.REALTIME;
  }

  /**
   * Lets a call pass that needs a clause of the reliable profile.
   *
   * @throws UnsupportedCapabilityException if the driver says that its broker cannot keep it
   */
  void require(String clause) {
    String wayOut = capabilities.notOffered().get(clause);
    if (wayOut != null) {
      throw refusal(clause, wayOut);
    }
    if (isRealtime()) {
      throw refusal(clause, "it has the profile REALTIME; " + TO_RELIABLE);
    }
  }

  /** Lets a subscription pass whose options the broker can keep. */
  void check(SubscribeOptions options) {
    if (options.requires() == Profile.RELIABLE && isRealtime()) {
      throw refusal(
          "C4", "the subscription requires RELIABLE and the bus has REALTIME; " + TO_RELIABLE);
    }
    if (options.start() instanceof StartAt.At && isRealtime()) {
      require("S3");
    }
  }

  private UnsupportedCapabilityException refusal(String clause, String wayOut) {
    return new UnsupportedCapabilityException(capabilities.driver(), clause, wayOut);
  }
}
