package dev.eventbus;

/**
 * Where a confirmed event is stored.
 *
 * @param topic the topic
 * @param lane the ordered sub-log of the topic, from 0
 * @param position the broker's own position in the lane, readable by its tools; of an event that is
 *     held back (P9) the place where it waits
 */
public record Published(String topic, int lane, String position) {}
