package dev.eventbus;

import org.jspecify.annotations.Nullable;

/** The broker or its driver cannot do what was asked; the code is one of the driver's own. */
public final class DriverException extends EventBusException {
  private static final long serialVersionUID = 1L;

  /** The text names the address or file, the setting and the mend. */
  public DriverException(ErrorCode code, String text, @Nullable Throwable cause) {
    super(code, text, cause);
  }

  /** As above, without a cause. */
  public DriverException(ErrorCode code, String text) {
    this(code, text, null);
  }
}
