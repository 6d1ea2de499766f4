package dev.eventbus.driver.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the server's answers to what is published. */
final class PublishReply {

  private static final byte[] SEQUENCE = "\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);

  private PublishReply() {}

  /**
   * The sequence of what was stored, by this call or an earlier one with the same id.
   *
   * @throws ServerRefusal if it was not stored
   */
  static long sequence(Message answer) {
    byte[] json = answer.getData();
    int at = indexOf(json, SEQUENCE);
    if (at >= 0 && indexOf(json, ERROR) < 0) {
      return number(json, at + SEQUENCE.length);
    }
    return parsed(answer);
  }

  /** What a refusal that names the last sequence of the subject says. */
  static long lastSequence(ServerRefusal refusal) {
    String text = String.valueOf(refusal.getMessage());
    int from = text.indexOf("sequence: ") + "sequence: ".length();
    return number(text.getBytes(StandardCharsets.US_ASCII), from);
  }

  private static long parsed(Message answer) {
    try {
      return new PublishAck(answer).getSeqno();
    } catch (JetStreamApiException e) {
      throw new ServerRefusal(e.getApiErrorCode(), e.getErrorDescription());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int indexOf(byte[] text, byte[] sought) {
    for (int i = 0; i <= text.length - sought.length; i++) {
      int matched = 0;
      while (matched < sought.length && text[i + matched] == sought[matched]) {
        matched++;
      }
      if (matched == sought.length) {
        return i;
      }
    }
    return -1;
  }

  private static long number(byte[] text, int from) {
    int first = from;
    while (first < text.length && text[first] == ' ') {
      first++;
    }
    long value = 0;
    for (int i = first; i < text.length && (text[i] >= '0' && text[i] <= '9'); i++) {
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }
}
