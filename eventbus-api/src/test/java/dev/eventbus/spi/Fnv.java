package dev.eventbus.spi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** FNV-1a as its authors write it, with big numbers, to check the fast one against. */
final class Fnv {

  private static final BigInteger PRIME = BigInteger.valueOf(0x01000193);
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(32);

  private Fnv() {}

  static int hash32(String ascii) {
    BigInteger hash = BigInteger.valueOf(0x811c9dc5L);
    for (byte octet : ascii.getBytes(StandardCharsets.US_ASCII)) {
      hash = hash.xor(BigInteger.valueOf(octet & 0xff)).multiply(PRIME).mod(MODULUS);
    }
    return hash.intValue();
  }
}
