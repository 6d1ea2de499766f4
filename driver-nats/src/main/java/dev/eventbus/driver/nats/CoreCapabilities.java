package dev.eventbus.driver.nats;

import dev.eventbus.Capabilities;
import dev.eventbus.Durability;
import dev.eventbus.Profile;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What core NATS can do: the clauses of the realtime profile. */
final class CoreCapabilities {

  static final String DRIVER = "nats";

  static final String WAY_OUT = "core NATS keeps nothing; set NATS_USE_JETSTREAM=true and run"
      + " nats-server with JetStream (-js)";

  /** Those of the contract that are not marked for the realtime profile. */
  private static final List<String> NOT_OFFERED = List.of(
      "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "S1", "S2", "S3", "S4", "S5", "S6",
      "S7", "S8", "S9", "O1", "O2", "O3", "O4", "O5", "O8", "A1", "A2", "A3", "A4", "A5", "A6",
      "A7", "A8", "A9", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "F1", "F2",
      "F3", "F4", "L1", "L2", "L3", "L6", "D3", "D4", "Q1", "X1", "X2");

  private CoreCapabilities() {}

  static Capabilities of(Connection connection) {
    Map<String, String> notOffered = new HashMap<>();
    NOT_OFFERED.forEach(clause -> notOffered.put(clause, WAY_OUT));
    return new Capabilities(
        DRIVER,
        "nats-server " + connection.getServerInfo().getVersion() + " without JetStream",
        "jnats " + Nats.CLIENT_VERSION,
        Profile.REALTIME,
        Durability.PROCESS_MEMORY,
        connection.getMaxPayload(),
        "max_payload of nats-server",
        notOffered);
  }
}
