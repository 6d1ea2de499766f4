package dev.eventbus;

/** A setting has a value that cannot be used. */
public final class SettingException extends EventBusException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  /** Shows the value: not for secrets. */
  public SettingException(String setting, String value, String expected) {
    this(setting, "is \"" + value + "\", but must be " + expected + ".");
  }

  /** The text goes on after the setting's name. */
  public SettingException(String setting, String text) {
    super(BusError.BAD_SETTING, setting + " " + text, null);
    this.setting = setting;
  }

  /** The setting's name. */
  public String setting() {
    return setting;
  }
}
