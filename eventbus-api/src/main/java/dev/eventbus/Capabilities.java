package dev.eventbus;

import java.util.Map;

/**
 * What the connected broker can do, as it is configured.
 *
 * @param driver the driver's id
 * @param broker the broker and its version
 * @param client the client library and its version
 * @param profile the part of the contract that holds
 * @param durability what a confirmed event survives
 * @param maxEventBytes payload, key and headers of one event together, at most
 * @param maxEventBytesSource the setting or property that limits {@code maxEventBytes}
 * @param notOffered clause ids that this broker cannot keep, each with a way out; what needs one of
 *     them fails with {@link UnsupportedCapabilityException}
 */
public record Capabilities(
    String driver,
    String broker,
    String client,
    Profile profile,
    Durability durability,
    long maxEventBytes,
    String maxEventBytesSource,
    Map<String, String> notOffered) {

  public Capabilities {
    notOffered = Map.copyOf(notOffered);
  }
}
