package dev.eventbus.benchmarks.nats;

import dev.eventbus.spi.KeyLane;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Instant;

/**
 * A topic as a plain client sees it, see docs/names.md.
 *
 * @param name of the topic and of its stream: one without a dot
 */
record RawTopic(String name) {

  /** What a lane's consumer is given. */
  String filter(int lane) {
    return name + ".@" + Rig.LANES + "." + lane + ".*";
  }

  /** A message with the headers that the bus sends. */
  Message message(String key, String id, byte[] payload) {
    var headers = new Headers();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", id);
    headers.put("ce-source", "benchmark");
    headers.put("ce-type", "event");
    headers.put("ce-time", Instant.now().toString());
    headers.put("ce-partitionkey", key);
    headers.put("Nats-Expected-Stream", name);
    headers.put("Nats-Msg-Id", id);
    return NatsMessage.builder()
        .subject(name + ".@" + Rig.LANES + "." + KeyLane.of(key, Rig.LANES) + ".~")
        .headers(headers)
        .data(payload)
        .build();
  }
}
