package dev.eventbus.driver.nats;

import java.io.IOException;

/** Where bytes come from, as from an {@link java.io.InputStream}. */
interface ByteSource {

  /** At least one byte, at most {@code length}; or -1 at the end. */
  int read(byte[] into, int from, int length) throws IOException;
}
