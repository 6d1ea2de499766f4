package dev.eventbus.driver.nats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a member calls out to its group: {@code 1 KIND ID STANDING LANES}, lanes with commas or a
 * hyphen for none.
 *
 * @param kind what it wants
 * @param peer who calls
 */
record RosterCall(Kind kind, Roster.Peer peer) {

  private static final String VERSION = "1";
  private static final int FIELDS = 5;

  /** What a member wants to say. */
  enum Kind {
    /** It is here and asks who else is. */
    HELLO,
    /** It is here. */
    HERE,
    /** It leaves. */
    BYE
  }

  byte[] encoded() {
    String lanes = peer.lanes().isEmpty()
        ? "-"
        : peer.lanes().stream().map(String::valueOf).collect(Collectors.joining(","));
    return String.join(" ", VERSION, kind.name(), peer.id(), peer.standing().name(), lanes)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a call; null for what is none of this version. */
  static @Nullable RosterCall read(byte[] data) {
    String[] fields = new String(data, StandardCharsets.US_ASCII).split(" ", -1);
    if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
      return null;
    }
    try {
      Set<Integer> lanes = new HashSet<>();
      if (!fields[4].equals("-")) {
        Arrays.stream(fields[4].split(",", -1)).map(Integer::valueOf).forEach(lanes::add);
      }
      var peer = new Roster.Peer(fields[2], Roster.Standing.valueOf(fields[3]), lanes);
      return new RosterCall(Kind.valueOf(fields[1]), peer);
    } catch (IllegalArgumentException foreign) {
      return null;
    }
  }
}
