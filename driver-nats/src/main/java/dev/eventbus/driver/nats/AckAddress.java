package dev.eventbus.driver.nats;

/**
 * Where acks of a consumer go, and what the address of a delivery tells. The server reads only the
 * stream sequence of an ack, so one can be sent for any delivery, of any connection.
 *
 * @param prefix up to the delivery count
 */
record AckAddress(String prefix) {

  /** Fields after the prefix: delivery count, stream sequence, consumer sequence, time, pending. */
  private static final int FIELDS = 5;

  private static final int LONG_FORM_PREFIX = 6;
  private static final int SHORT_FORM_PREFIX = 4;
  private static final int LONGEST_SHORT_FORM = SHORT_FORM_PREFIX + FIELDS;

  /** The usual form. */
  static AckAddress of(String stream, String consumer) {
    return new AckAddress("$JS.ACK." + stream + "." + consumer + ".");
  }

  /**
   * What a delivery's address says.
   *
   * @param address the prefix that its acks need
   * @param sequence its place in the stream
   * @param number counts the deliveries of the consumer, without gaps
   * @param epochNanos when it was stored
   * @param pending stored events of the lane beyond it
   */
  record Delivery(AckAddress address, long sequence, long number, long epochNanos, long pending) {}

  /** Reads a delivery's reply subject, in the short form or in that with domain and account. */
  Delivery read(String replyTo) {
    if (replyTo.startsWith(prefix)) {
      return fields(replyTo, prefix.length(), this);
    }
    long tokens = replyTo.chars().filter(c -> c == '.').count() + 1;
    int at = 0;
    int skipped = tokens > LONGEST_SHORT_FORM ? LONG_FORM_PREFIX : SHORT_FORM_PREFIX;
    for (int i = 0; i < skipped; i++) {
      at = replyTo.indexOf('.', at) + 1;
    }
    return fields(replyTo, at, new AckAddress(replyTo.substring(0, at)));
  }

  private static Delivery fields(String text, int from, AckAddress address) {
    long[] values = new long[FIELDS];
    int at = from;
    for (int i = 0; i < FIELDS; i++) {
      int end = text.indexOf('.', at);
      int stop = end < 0 ? text.length() : end;
      values[i] = Long.parseLong(text, at, stop, 10);
      at = stop + 1;
    }
    return new Delivery(address, values[1], values[2], values[3], values[4]);
  }

  /** The subject for an ack of a stored event. */
  String ack(long sequence) {
    return prefix + "1." + sequence + ".1.0.0";
  }

  /** The subject for a negative ack, which must name a delivery that the server has made. */
  String nak(long sequence, long lastDelivery) {
    return prefix + "1." + sequence + "." + lastDelivery + ".0.0";
  }
}
