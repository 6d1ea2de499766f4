package dev.eventbus;

/** {@code COZE_MQ_TYPE} is unset or unknown, or its driver is not on the class path. */
public final class UnknownDriverException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** The text lists the drivers found and the artifact to add. */
  public UnknownDriverException(String text) {
    super(BusError.UNKNOWN_DRIVER, text, null);
  }
}
