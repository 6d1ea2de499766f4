package dev.eventbus;

import org.jspecify.annotations.Nullable;

/** What the bus throws: the text says what, where, the setting and the mend; the code names it. */
public abstract class EventBusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /** The text is a whole sentence; the code is put behind it. */
  protected EventBusException(ErrorCode code, String text, @Nullable Throwable cause) {
    super(text + " [" + code.id() + "]", cause);
    this.code = code.id();
  }

  /** The id of an {@link ErrorCode}; stable, for programs. */
  public String code() {
    return code;
  }
}
