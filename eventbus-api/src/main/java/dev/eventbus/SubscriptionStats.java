package dev.eventbus;

/**
 * What a member has done since it subscribed, and what it holds now.
 *
 * @param settled events settled because their handler succeeded
 * @param failedAttempts attempts that failed
 * @param deadLettered events written to the dead letters
 * @param discarded events given up without a dead letter
 * @param trimmed events that retention took away unsettled (S8); where the broker numbers its lanes
 *     in one sequence, the most that they can be
 * @param dropped events that the realtime profile's client could not keep up with (C3)
 * @param lanes lanes owned now
 * @param inHandlers events handed out to handlers now, those that wait for a thread included
 * @param inBackoff events that wait for their next attempt now
 * @param buffered events read and not yet settled now
 * @param bufferedBytes their payload bytes
 */
public record SubscriptionStats(
    long settled,
    long failedAttempts,
    long deadLettered,
    long discarded,
    long trimmed,
    long dropped,
    int lanes,
    int inHandlers,
    int inBackoff,
    int buffered,
    long bufferedBytes) {}
