package dev.eventbus.spi;

/**
 * A topic to open.
 *
 * @param name a legal name; that of a dead-letter topic may be longer than 200 characters
 * @param lanes how many lanes it should have
 */
public record TopicRequest(String name, LaneCount lanes) {}
