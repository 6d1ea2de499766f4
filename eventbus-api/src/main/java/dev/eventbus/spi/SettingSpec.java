package dev.eventbus.spi;

/**
 * A setting that a driver reads.
 *
 * @param name the variable
 * @param fallback its default as text; empty when it has none
 * @param description one sentence, with the unit
 * @param secrecy whether the value may be shown
 */
public record SettingSpec(String name, String fallback, String description, Secrecy secrecy) {

  /** Whether a value may be shown. */
  public enum Secrecy {
    /** It may. */
    OPEN,
    /** It may not, in no text. */
    SECRET
  }

  /** A setting whose value may be shown. */
  public static SettingSpec open(String name, String fallback, String description) {
    return new SettingSpec(name, fallback, description, Secrecy.OPEN);
  }

  /** A setting whose value is never shown. */
  public static SettingSpec secret(String name, String description) {
    return new SettingSpec(name, "", description, Secrecy.SECRET);
  }
}
