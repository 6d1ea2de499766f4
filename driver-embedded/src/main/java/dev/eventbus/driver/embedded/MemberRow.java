package dev.eventbus.driver.embedded;

/**
 * A member as all processes see it.
 *
 * @param id grows; also the byte of its lock
 * @param group its group
 * @param topic the group's topic
 * @param port where its process listens for wake-ups; 0 for nowhere
 * @param beat grows while it lives
 * @param leaseMillis how long the beat may stand still
 * @param locked whether a free lock means its death; else only the beat counts
 * @param sharing whether it has a share of the lanes; not when it is about to leave
 */
record MemberRow(
    long id,
    long group,
    long topic,
    int port,
    long beat,
    long leaseMillis,
    boolean locked,
    boolean sharing) {}
