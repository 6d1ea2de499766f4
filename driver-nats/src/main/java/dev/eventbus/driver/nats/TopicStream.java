package dev.eventbus.driver.nats;

import java.time.ZonedDateTime;

/**
 * The stream of a topic as it was when it was opened.
 *
 * @param topic the topic
 * @param name the stream
 * @param lanes the topic's lanes
 * @param created when the stream was made: another one of this name is another topic (S9)
 */
record TopicStream(String topic, String name, int lanes, ZonedDateTime created) {}
