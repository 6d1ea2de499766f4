package dev.eventbus.conformance.history;

/** A group of a topic. */
record GroupId(String topic, String name) {}
