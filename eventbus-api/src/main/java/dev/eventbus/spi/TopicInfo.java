package dev.eventbus.spi;

/**
 * A topic as the broker has it.
 *
 * @param name the topic
 * @param lanes its lanes
 * @param events stored events
 */
public record TopicInfo(String name, int lanes, long events) {}
