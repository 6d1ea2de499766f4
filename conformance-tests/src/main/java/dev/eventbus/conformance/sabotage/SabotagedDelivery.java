package dev.eventbus.conformance.sabotage;

import dev.eventbus.Delivery;
import dev.eventbus.Event;

/** A delivery that lies about its attempt or its fence. */
record SabotagedDelivery(Delivery delivery, int attempt, long fence) implements Delivery {

  static Delivery attempt(Delivery delivery, int attempt) {
    return new SabotagedDelivery(delivery, attempt, delivery.fence());
  }

  static Delivery fence(Delivery delivery, long fence) {
    return new SabotagedDelivery(delivery, delivery.attempt(), fence);
  }

  @Override
  public Event event() {
    return delivery.event();
  }

  @Override
  public String topic() {
    return delivery.topic();
  }

  @Override
  public String group() {
    return delivery.group();
  }

  @Override
  public int lane() {
    return delivery.lane();
  }

  @Override
  public boolean redelivered() {
    return delivery.redelivered();
  }

  @Override
  public boolean leaseValid() {
    return delivery.leaseValid();
  }
}
