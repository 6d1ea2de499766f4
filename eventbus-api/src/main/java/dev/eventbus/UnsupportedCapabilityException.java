package dev.eventbus;

/** The connected broker cannot keep this clause; {@link Capabilities#notOffered()} lists them. */
public final class UnsupportedCapabilityException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** Names the driver, the clause and a way out. */
  public UnsupportedCapabilityException(String driver, String clause, String wayOut) {
    super(
        BusError.NOT_OFFERED,
        "The driver %s does not offer clause %s: %s".formatted(driver, clause, wayOut),
        null);
  }
}
