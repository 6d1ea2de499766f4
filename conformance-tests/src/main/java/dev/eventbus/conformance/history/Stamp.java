package dev.eventbus.conformance.history;

/**
 * Who wrote a history event, and when.
 *
 * @param member the member, publisher or test that wrote it
 * @param pid its process; a restarted member has another
 * @param nanos {@link System#nanoTime()}, which all processes of one Linux machine share
 * @param wallMillis milliseconds since 1970
 */
public record Stamp(String member, long pid, long nanos, long wallMillis) {}
