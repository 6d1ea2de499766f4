package dev.eventbus;

/**
 * What a group has not settled of one lane.
 *
 * @param lane the lane, from 0
 * @param events stored events that the group has not settled
 */
public record LaneLag(int lane, long events) {}
