package dev.eventbus.spi;

/** Names one publish to a broker's deduplication; never equal for two different publishes. */
public sealed interface MessageId {

  /** The name as text: ASCII letters, digits, dot, colon, hyphen and underscore. */
  String text();

  /**
   * A publish of an application.
   *
   * @param publisher unique for each bus
   * @param sequence grows with each publish of the bus
   */
  record Sequential(String publisher, long sequence) implements MessageId {
    @Override
    public String text() {
      return publisher + "-" + sequence;
    }
  }

  /**
   * A dead letter. It may be written again after a crash between its write and the settle of its
   * original, so a driver must recognise it: stored once, the second append completes normally.
   */
  record DeadLetter(String topic, String group, int lane, Position position) implements MessageId {
    @Override
    public String text() {
      return "dlq:" + topic + ":" + group + ":" + lane + ":" + position;
    }
  }
}
