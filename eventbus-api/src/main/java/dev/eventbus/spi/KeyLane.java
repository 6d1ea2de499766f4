package dev.eventbus.spi;

import java.nio.charset.StandardCharsets;

/**
 * Maps keys to lanes, the same on every broker: the unsigned 32-bit FNV-1a hash of the key's token,
 * modulo the lane count. {@code docs/lane-vectors.json} has test vectors.
 *
 * <p>The token is the key's UTF-8 bytes with all but {@code A-Z a-z 0-9 _ -} percent-encoded in
 * upper-case hex, so that it is a legal NATS subject token; the token of the empty key is {@code %}.
 */
public final class KeyLane {

  private static final int OFFSET_BASIS = 0x811c9dc5;
  private static final int PRIME = 16777619;
  private static final String HEX = "0123456789ABCDEF";

  private KeyLane() {}

  /** The lane of a key, from 0 to {@code lanes - 1}. */
  public static int of(String key, int lanes) {
    return Integer.remainderUnsigned(hash(key), lanes);
  }

  /** The hash of a key's token, without making the token. */
  public static int hash(String key) {
    if (key.isEmpty()) {
      return step(OFFSET_BASIS, '%');
    }
    int hash = OFFSET_BASIS;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c >= 0x80) {
        return hashBytes(key.getBytes(StandardCharsets.UTF_8));
      }
      hash = isPlain(c) ? step(hash, c) : escaped(hash, c);
    }
    return hash;
  }

  /** The key as a text of {@code A-Z a-z 0-9 _ - %}, never empty, different for different keys. */
  public static String token(String key) {
    if (key.isEmpty()) {
      return "%";
    }
    var token = new StringBuilder(key.length() + 8);
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        token.append((char) b);
      } else {
        token.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
      }
    }
    return token.toString();
  }

  private static int hashBytes(byte[] utf8) {
    int hash = OFFSET_BASIS;
    for (byte b : utf8) {
      hash = isPlain(b) ? step(hash, b) : escaped(hash, b);
    }
    return hash;
  }

  private static int escaped(int hash, int octet) {
    int percent = step(hash, '%');
    int high = step(percent, HEX.charAt((octet >> 4) & 0xf));
    return step(high, HEX.charAt(octet & 0xf));
  }

  private static int step(int hash, int octet) {
    return (hash ^ (octet & 0xff)) * PRIME;
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
