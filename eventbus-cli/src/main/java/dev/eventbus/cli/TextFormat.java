package dev.eventbus.cli;

import dev.eventbus.Delivery;
import dev.eventbus.Event;

/** Key and payload for a reader, and the attempt from the second on. */
final class TextFormat implements DeliveryFormat {

  private static final String NO_KEY = "-";

  @Override
  public String line(Delivery delivery, boolean failing) {
    Event event = delivery.event();
    var line = new StringBuilder();
    line.append(event.key() == null ? NO_KEY : PayloadText.printable(event.key()));
    line.append("  ");
    line.append(PayloadText.of(event.payload())
        .map(PayloadText::printable)
        .orElseGet(() -> "base64:" + PayloadText.base64(event.payload())));
    if (delivery.attempt() > 1 || failing) {
      line.append("  (attempt ").append(delivery.attempt()).append(failing ? ", failing)" : ")");
    }
    return line.toString();
  }
}
