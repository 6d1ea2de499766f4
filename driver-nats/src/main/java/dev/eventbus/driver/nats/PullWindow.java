package dev.eventbus.driver.nats;

import dev.eventbus.spi.LaneEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the engine has asked for, and what has been asked of the server for it. Bytes on the server
 * are counted with headers and subjects, so the sums are estimates that become exact whenever no
 * pull is out.
 */
final class PullWindow {

  /** What one pull asks for; with bytes 0 it has no limit of bytes. */
  record Ask(int events, long bytes) {}

  private static final int LARGEST = 1_000;
  private static final int CATCH_UP = 64;

  private long events;
  private long bytes;
  private long out;
  private long outBytes;
  private boolean nextIsLarge;

  /** The engine wants more. */
  void request(long moreEvents, long moreBytes) {
    events += moreEvents;
    bytes += moreBytes;
  }

  /** Takes an event from both sums, if both allow it (I5). */
  boolean take(LaneEvent event) {
    if (events <= 0 || bytes <= 0) {
      return false;
    }
    events--;
    bytes -= event.bytes();
    return true;
  }

  /** Whether a pull is out. */
  boolean pulling() {
    return out > 0;
  }

  /** The next pull, or null. {@code waiting} events of this many bytes are here already. */
  @Nullable
  Ask next(int waiting, long waitingBytes) {
    long wanted = events - waiting - out;
    long wantedBytes = bytes - waitingBytes - outBytes;
    // A new pull goes out when half of the last one has come.
    if (wanted <= 0 || wantedBytes <= 0 || wanted < out) {
      return null;
    }
    if (nextIsLarge) {
      if (out > 0) {
        return null;
      }
      nextIsLarge = false;
      return sent(new Ask(1, 0));
    }
    return sent(new Ask((int) Math.min(wanted, LARGEST), Math.min(wantedBytes, 1L << 30)));
  }

  /** A pull for what the engine has had already, and the server delivers again. */
  @Nullable
  Ask catchUp() {
    return out > 0 ? null : sent(new Ask(CATCH_UP, 0));
  }

  private Ask sent(Ask ask) {
    out += ask.events();
    outBytes += ask.bytes();
    return ask;
  }

  /** A message has come for a pull. */
  void delivered(long size) {
    out--;
    outBytes = Math.max(0, outBytes - size);
    settle();
  }

  /** A pull has ended with so much undelivered. */
  void ended(long undelivered, long undeliveredBytes) {
    out -= undelivered;
    outBytes = Math.max(0, outBytes - undeliveredBytes);
    settle();
  }

  private void settle() {
    if (out <= 0) {
      out = 0;
      outBytes = 0;
    }
  }

  /** The next event is larger than what may come; it passes alone. */
  void meetsLarge() {
    nextIsLarge = true;
  }

  /** All pulls are void. */
  void reset() {
    out = 0;
    outBytes = 0;
    nextIsLarge = false;
  }
}
