package dev.eventbus.spi;

import dev.eventbus.StartAt;
import java.time.Duration;

/**
 * A member that wants to join a group.
 *
 * @param topic the topic, and how many lanes it should have if it is created
 * @param group a legal name, or for {@link GroupKind#EPHEMERAL} a unique one drawn by the engine
 * @param kind whether the group stays when its members are gone
 * @param start where the group begins if it is new
 * @param lease the time within which a silent member loses its lanes
 */
public record JoinRequest(
    TopicRequest topic, String group, GroupKind kind, StartAt start, Duration lease) {

  /** Whether a group stays when its members are gone. */
  public enum GroupKind {
    /** It stays, with its position. */
    DURABLE,
    /** It has one member and goes with it, also when that dies (S6). */
    EPHEMERAL
  }
}
