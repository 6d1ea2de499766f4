package dev.eventbus.driver.embedded;

/**
 * A lane that a member has claimed.
 *
 * @param lane its row
 * @param number its number within the topic
 * @param head its last offset at that time
 * @param epoch grows with every owner
 * @param floor the offset up to which all is settled
 * @param ahead how many above it are settled
 * @param state what the last owner wrote down
 */
record Grant(long lane, int number, long head, long epoch, long floor, int ahead, String state) {}
