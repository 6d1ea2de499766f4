package dev.eventbus.cli;

import dev.eventbus.Delivery;

/** Puts a delivery into one line. Thread-safe. */
@FunctionalInterface
interface DeliveryFormat {

  /**
   * The line, without its end.
   *
   * @param failing whether this attempt is made to fail
   */
  String line(Delivery delivery, boolean failing);

  /** The formats by the names that the option takes. */
  enum Name {
    TEXT,
    JSON;

    DeliveryFormat format() {
      return switch (this) {
        case TEXT -> new TextFormat();
        case JSON -> new JsonFormat();
      };
    }
  }
}
